package dev.millrace.e2e.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourcePathTest {
  @ParameterizedTest
  @CsvSource({
    "GET,/api/v1/namespaces/fraud/configmaps/one,,GET fraud/configmaps/one",
    "GET,/api/v1/namespaces/fraud/configmaps,,LIST fraud/configmaps",
    "GET,/apis/kafka.strimzi.io/v1/kafkatopics,watch=true&x=1,WATCH kafkatopics",
    "POST,/apis/batch/v1/namespaces/fraud/jobs,,CREATE fraud/jobs",
    "PATCH,/apis/millrace.dev/v1alpha1/namespaces/fraud/featurepipelines/a/status,force=true,"
        + "PATCH fraud/featurepipelines/a/status",
    "PUT,/api/v1/namespaces/fraud/configmaps/one,,UPDATE fraud/configmaps/one",
    "DELETE,/api/v1/namespaces/fraud/configmaps/one,,DELETE fraud/configmaps/one",
    "DELETE,/api/v1/namespaces/fraud/configmaps,,DELETE_COLLECTION fraud/configmaps",
    "GET,/api/v1/namespaces/fraud,,GET namespaces/fraud",
    "PUT,/api/v1/namespaces/fraud/finalize,,UPDATE namespaces/fraud/finalize",
    "GET,/api/v1/namespaces,,LIST namespaces",
    "GET,/apis/apiextensions.k8s.io/v1/customresourcedefinitions/a.b,,"
        + "GET customresourcedefinitions/a.b",
    "GET,/apis/kafka.strimzi.io/v1,,LIST ''",
    "GET,/version,,LIST ''",
  })
  void readsWhoDoesWhatToWhat(String method, String path, String query, String expected) {
    var head = new HttpRequestHead(method, path, query == null ? "" : query, Map.of());

    assertThat(ApiCall.of(head, "test").toString().strip())
        .isEqualTo(expected.replace("''", "").strip());
  }

  @ParameterizedTest
  @CsvSource({"force=true,true", "dryRun=All&force=true,false"})
  void doesNotTakeADryRunForAChange(String query, boolean writes) {
    var path = "/api/v1/namespaces/fraud/configmaps/one";
    var headers = Map.of("content-type", List.of("application/apply-patch+yaml"));
    var call = ApiCall.of(new HttpRequestHead("PATCH", path, query, headers), "test");

    assertThat(call.writes()).isEqualTo(writes);
    assertThat(call.contentType()).isEqualTo("application/apply-patch+yaml");
  }
}
