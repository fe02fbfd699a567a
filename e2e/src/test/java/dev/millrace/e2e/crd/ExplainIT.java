package dev.millrace.e2e.crd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.millrace.crds.admission.CustomResourceKind;
import dev.millrace.e2e.cluster.Answer;
import dev.millrace.e2e.cluster.ClusterExtension;
import dev.millrace.e2e.cluster.Requests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code kubectl explain} says something about every field. */
class ExplainIT {
  private static final Duration PUBLISHED = Duration.ofSeconds(30);

  @RegisterExtension static final ClusterExtension CLUSTER = new ClusterExtension();

  @ParameterizedTest
  @EnumSource
  void everyFieldIsDescribed(CustomResourceKind kind) {
    var descriptions = published(kind).descriptions(kind.kind());

    assertThat(descriptions).hasSizeGreaterThan(100);
    assertThat(descriptions)
        .allSatisfy((path, text) -> assertThat(text).as(path).contains("Example: "));
  }

  @ParameterizedTest
  @EnumSource
  void kubectlExplainsAllFieldsAndOne(CustomResourceKind kind) throws Exception {
    assumeThat(hasKubectl()).as("kubectl on the PATH").isTrue();
    var names = published(kind).names(kind.kind());

    assertThat(explain(kind.kind() + ".spec.suspend")).contains("DESCRIPTION:", "Default: false.");
    assertThat(explain(kind.kind(), "--recursive").lines().map(ExplainIT::firstWord).toList())
        .containsAll(names);
  }

  private static PublishedSchema published(CustomResourceKind kind) {
    var requests = new Requests(CLUSTER.client());
    return await()
        .atMost(PUBLISHED)
        .until(
            () -> schema(requests.get("/openapi/v3/apis/millrace.dev/v1alpha1")),
            schema -> schema.has(kind.kind()));
  }

  private static PublishedSchema schema(Answer answer) {
    return new PublishedSchema(answer.body());
  }

  private static String firstWord(String line) {
    return line.strip().split("\\s", 2)[0];
  }

  private static boolean hasKubectl() {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "kubectl")));
  }

  private static String explain(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("kubectl", "--kubeconfig"));
    command.addAll(List.of(CLUSTER.kubeconfig().toString(), "explain"));
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(text).isZero();
    return text;
  }
}
