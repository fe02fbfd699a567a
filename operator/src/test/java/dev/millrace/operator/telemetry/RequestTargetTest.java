package dev.millrace.operator.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTargetTest {
  @ParameterizedTest
  @CsvSource({
    "GET,/api/v1/namespaces/fraud/configmaps,list,configmaps",
    "GET,/api/v1/namespaces/fraud/configmaps/a,get,configmaps",
    "GET,/api/v1/configmaps?watch=true&resourceVersion=7,watch,configmaps",
    "GET,/api/v1/namespaces/fraud,get,namespaces",
    "POST,/api/v1/namespaces/fraud/events,create,events",
    "PATCH,/apis/millrace.dev/v1alpha1/namespaces/fraud/featurepipelines/a/status,"
        + "patch,featurepipelines/status",
    "GET,/apis/millrace.dev/v1alpha1/featurepipelines,list,featurepipelines",
    "PUT,/apis/coordination.k8s.io/v1/namespaces/m/leases/l,update,leases",
    "DELETE,/apis/batch/v1/namespaces/fraud/cronjobs/c,delete,cronjobs",
    "DELETE,/apis/batch/v1/namespaces/fraud/cronjobs,deletecollection,cronjobs",
    "GET,/apis/kafka.strimzi.io/v1,get,none",
    "GET,/api/v1,get,none",
    "GET,/version,get,none",
    "GET,/,get,none"
  })
  void saysVerbAndResourceAsAccessRulesDo(
      String method, String path, String verb, String resource) {
    assertThat(RequestTarget.of(method, URI.create("https://api:6443" + path)))
        .isEqualTo(new RequestTarget(verb, resource));
  }
}
