package dev.millrace.e2e.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what once the chart is installed, as the API server itself answers. */
class ChartRightsIT {
  @RegisterExtension static final OwnControlPlane PLANE = new OwnControlPlane();

  private static final String CONNECTIONS =
      """
      tenants: [fraud]
      connections:
        kafka: [{name: default, cluster: main, namespace: kafka, bootstrapServers: "main.kafka:9092"}]
      """;
  private static final String WATCHED = CONNECTIONS + "watchNamespaces: [fraud]\n";
  private static final String OPERATOR = account(Chart.NAMESPACE, "millrace");

  /** Of reliability.md §3.1: never, whatever the values. */
  private static final List<String> NEVER =
      List.of(
          "list secrets",
          "watch secrets",
          "patch secrets",
          "update secrets",
          "create pods",
          "delete pods",
          "create pods/exec",
          "get pods/exec",
          "get pods/log",
          "create pods/portforward",
          "create pods/attach",
          "create serviceaccounts/token",
          "create serviceaccounts",
          "impersonate serviceaccounts",
          "impersonate users",
          "create roles.rbac.authorization.k8s.io",
          "bind roles.rbac.authorization.k8s.io",
          "escalate roles.rbac.authorization.k8s.io",
          "create rolebindings.rbac.authorization.k8s.io",
          "create clusterrolebindings.rbac.authorization.k8s.io",
          "list nodes",
          "list namespaces",
          "create customresourcedefinitions.apiextensions.k8s.io",
          "patch customresourcedefinitions.apiextensions.k8s.io:featurepipelines.millrace.dev",
          "list customresourcedefinitions.apiextensions.k8s.io",
          "create validatingwebhookconfigurations.admissionregistration.k8s.io",
          "create mutatingwebhookconfigurations.admissionregistration.k8s.io",
          "create featurepipelines.millrace.dev",
          "delete featurepipelines.millrace.dev",
          "deletecollection featurepipelines.millrace.dev",
          "create deployments.apps",
          "create persistentvolumeclaims");

  private final Chart chart = Chart.shipped(PLANE.controlPlane().kubeconfig());

  @AfterEach
  void uninstall() {
    chart.uninstallWithoutHooks();
  }

  @ParameterizedTest
  @ValueSource(strings = {CONNECTIONS, WATCHED})
  void theOperatorMayNeverDoThis(String values) {
    chart.install(values);

    for (String namespace : List.of("fraud", "ads", "kafka", "kube-system", Chart.NAMESPACE)) {
      assertThat(NEVER).noneMatch(action -> may(OPERATOR, action, namespace));
    }
    assertThat(List.of("fraud", "kafka", "ads"))
        .as("leases are its own namespace's")
        .noneMatch(namespace -> may(OPERATOR, "update leases.coordination.k8s.io", namespace));
  }

  @ParameterizedTest
  @ValueSource(strings = {CONNECTIONS, WATCHED})
  void theOperatorMayDoItsWork(String values) {
    chart.install(values);

    assertThat(
            List.of(
                "watch featurepipelines.millrace.dev",
                "patch labelwindows.millrace.dev/status",
                "patch flinkdeployments.flink.apache.org",
                "create jobs.batch",
                "delete persistentvolumeclaims",
                "create events",
                "get secrets",
                "create secrets",
                "get serviceaccounts:millrace-flink",
                "get namespaces:fraud",
                "get customresourcedefinitions.apiextensions.k8s.io:labelwindows.millrace.dev"))
        .allMatch(action -> may(OPERATOR, action, "fraud"));
    assertThat(may(OPERATOR, "patch kafkatopics.kafka.strimzi.io", "kafka")).isTrue();
    assertThat(may(OPERATOR, "patch kafkatopics.kafka.strimzi.io", "fraud")).isFalse();
    assertThat(may(OPERATOR, "get secrets", "ads")).as("no tenant").isFalse();
    assertThat(may(OPERATOR, "get serviceaccounts:default", "fraud")).isFalse();
    assertThat(may(OPERATOR, "update leases.coordination.k8s.io", Chart.NAMESPACE)).isTrue();
  }

  @Test
  void watchedNamespacesLeaveOnlyOneClusterWideRight() {
    chart.install(WATCHED);

    for (String action :
        List.of(
            "list featurepipelines.millrace.dev",
            "list configmaps",
            "create flinkdeployments.flink.apache.org",
            "create events",
            "get namespaces:ads")) {
      assertThat(may(OPERATOR, action, "ads")).as(action).isFalse();
    }
    assertThat(may(OPERATOR, "list featurepipelines.millrace.dev", "")).isFalse();
    assertThat(may(OPERATOR, "list featurepipelines.millrace.dev", "fraud")).isTrue();
    assertThat(
            may(
                OPERATOR,
                "get customresourcedefinitions.apiextensions.k8s.io:featurepipelines.millrace.dev",
                ""))
        .isTrue();
  }

  @Test
  void peopleGetBothKindsWithTheClustersOwnRoles() {
    chart.install("{}");
    for (String role : List.of("view", "edit", "admin")) {
      bind(role);
    }
    await("aggregation")
        .atMost(Duration.ofSeconds(20))
        .until(() -> may("admin", "deletecollection labelwindows.millrace.dev", "fraud"));

    for (String kind : List.of("featurepipelines", "labelwindows")) {
      String resource = " " + kind + ".millrace.dev";
      assertThat(verbs("view", resource)).containsExactly("get", "list", "watch");
      assertThat(verbs("edit", resource))
          .containsExactly("get", "list", "watch", "create", "update", "patch", "delete");
      assertThat(verbs("admin", resource)).hasSize(8);
      assertThat(List.of("view", "edit", "admin"))
          .as("nobody writes a status")
          .noneMatch(user -> may(user, "patch" + resource + "/status", "fraud"));
    }
  }

  @Test
  void jobsReachTheirOwnNamespaceOnly() {
    chart.install(CONNECTIONS);
    String flink = account("fraud", "millrace-flink");
    String spark = account("fraud", "millrace-spark");

    assertThat(may(flink, "create pods", "fraud")).isTrue();
    assertThat(may(flink, "update configmaps", "fraud")).isTrue();
    assertThat(may(spark, "create pods", "fraud")).isTrue();
    assertThat(may(spark, "create configmaps", "fraud")).isFalse();
    for (String account : List.of(flink, spark)) {
      assertThat(may(account, "get pods", "ads")).isFalse();
      assertThat(may(account, "get secrets", "fraud")).isFalse();
      assertThat(may(account, "get featurepipelines.millrace.dev", "fraud")).isFalse();
      assertThat(may(account, "create pods/exec", "fraud")).isFalse();
    }
  }

  private static List<String> verbs(String user, String resource) {
    return List.of(
            "get", "list", "watch", "create", "update", "patch", "delete", "deletecollection")
        .stream()
        .filter(verb -> may(user, verb + resource, "fraud"))
        .toList();
  }

  private static void bind(String role) {
    PLANE
        .client()
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(role)
                .withNamespace("fraud")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", role)
                .addNewSubject("rbac.authorization.k8s.io", "User", role, null)
                .build())
        .create();
  }

  private static String account(String namespace, String name) {
    return "system:serviceaccount:" + namespace + ":" + name;
  }

  private static boolean may(String user, String action, String namespace) {
    return AccessReview.may(PLANE.client(), user, action, namespace);
  }
}
