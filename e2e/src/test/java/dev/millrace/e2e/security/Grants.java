package dev.millrace.e2e.security;

import dev.millrace.e2e.cluster.ChartRelease;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rights that the chart's roles give to the operator, read from the API server. */
final class Grants {
  private final KubernetesClient client;

  Grants(KubernetesClient client) {
    this.client = client;
  }

  /** All of them, one by one. */
  List<Right> all() {
    var rights = new ArrayList<Right>();
    clusterRoles()
        .forEach(role -> rights.addAll(of(role.getMetadata().getName(), "", role.getRules())));
    roles()
        .forEach(
            role ->
                rights.addAll(
                    of(
                        role.getMetadata().getName(),
                        role.getMetadata().getNamespace(),
                        role.getRules())));
    return rights;
  }

  /**
   * The part of rules that grants certain rights, with each resource in a rule of its own.
   *
   * @param wanted is asked with rights of no role
   */
  static List<PolicyRule> only(List<PolicyRule> rules, Predicate<Right> wanted) {
    var left = new ArrayList<PolicyRule>();
    for (PolicyRule rule : rules) {
      for (String resource : rule.getResources()) {
        String group = rule.getApiGroups().get(0);
        List<String> verbs =
            rule.getVerbs().stream()
                .filter(verb -> wanted.test(new Right("", "", group, resource, verb)))
                .toList();
        if (!verbs.isEmpty()) {
          left.add(new PolicyRuleBuilder(rule).withResources(resource).withVerbs(verbs).build());
        }
      }
    }
    return left;
  }

  private static List<Right> of(String role, String namespace, List<PolicyRule> rules) {
    Function<PolicyRule, Stream<Right>> rights =
        rule ->
            rule.getApiGroups().stream()
                .flatMap(
                    group ->
                        rule.getResources().stream()
                            .flatMap(
                                resource ->
                                    rule.getVerbs().stream()
                                        .map(
                                            verb ->
                                                new Right(
                                                    role, namespace, group, resource, verb))));
    return rules.stream().flatMap(rights).toList();
  }

  /** Roles of the whole cluster. */
  Stream<ClusterRole> clusterRoles() {
    return client.rbac().clusterRoleBindings().list().getItems().stream()
        .filter(binding -> isOperator(binding.getSubjects()))
        .map(
            binding -> client.rbac().clusterRoles().withName(binding.getRoleRef().getName()).get());
  }

  /** Roles of single namespaces. */
  Stream<Role> roles() {
    return client.rbac().roleBindings().inAnyNamespace().list().getItems().stream()
        .filter(binding -> isOperator(binding.getSubjects()))
        .map(
            binding ->
                client
                    .rbac()
                    .roles()
                    .inNamespace(binding.getMetadata().getNamespace())
                    .withName(binding.getRoleRef().getName())
                    .get());
  }

  private static boolean isOperator(List<Subject> subjects) {
    return subjects.stream()
        .anyMatch(
            subject ->
                subject.getKind().equals("ServiceAccount")
                    && subject.getName().equals("millrace")
                    && ChartRelease.SYSTEM.equals(subject.getNamespace()));
  }
}
