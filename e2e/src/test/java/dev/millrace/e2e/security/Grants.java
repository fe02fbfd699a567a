package dev.millrace.e2e.security;

import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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
   * Takes a right away, from all roles of its name.
   *
   * @return gives everything back
   */
  Runnable drop(Right right) {
    List<ClusterRole> clusterRoles =
        clusterRoles().filter(role -> role.getMetadata().getName().equals(right.role())).toList();
    List<Role> roles =
        roles().filter(role -> role.getMetadata().getName().equals(right.role())).toList();
    clusterRoles.forEach(
        role ->
            write(new ClusterRoleBuilder(role).withRules(without(role.getRules(), right)).build()));
    roles.forEach(
        role -> write(new RoleBuilder(role).withRules(without(role.getRules(), right)).build()));
    return () -> {
      clusterRoles.forEach(this::write);
      roles.forEach(this::write);
    };
  }

  private void write(ClusterRole role) {
    client.rbac().clusterRoles().resource(withoutVersion(role)).update();
  }

  private void write(Role role) {
    client
        .rbac()
        .roles()
        .inNamespace(role.getMetadata().getNamespace())
        .resource(withoutVersion(role))
        .update();
  }

  private static <T extends io.fabric8.kubernetes.api.model.HasMetadata> T withoutVersion(T role) {
    role.getMetadata().setResourceVersion(null);
    return role;
  }

  /** Rules with each resource in a rule of its own, and one verb less at one of them. */
  private static List<PolicyRule> without(List<PolicyRule> rules, Right right) {
    var left = new ArrayList<PolicyRule>();
    for (PolicyRule rule : rules) {
      for (String resource : rule.getResources()) {
        boolean hit =
            resource.equals(right.resource()) && rule.getApiGroups().contains(right.group());
        List<String> verbs =
            rule.getVerbs().stream().filter(verb -> !(hit && verb.equals(right.verb()))).toList();
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

  private Stream<ClusterRole> clusterRoles() {
    return client.rbac().clusterRoleBindings().list().getItems().stream()
        .filter(binding -> isOperator(binding.getSubjects()))
        .map(
            binding -> client.rbac().clusterRoles().withName(binding.getRoleRef().getName()).get());
  }

  private Stream<Role> roles() {
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
                    && SecuredCluster.SYSTEM.equals(subject.getNamespace()));
  }
}
