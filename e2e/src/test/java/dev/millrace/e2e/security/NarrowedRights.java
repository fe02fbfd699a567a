package dev.millrace.e2e.security;

import dev.millrace.e2e.cluster.ChartRelease;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;

/**
 * Takes rights away from the operator and gives them back. What the chart grants for the whole
 * cluster is granted per namespace here, so that many namespaces can miss a right each, at once.
 */
final class NarrowedRights implements AutoCloseable {
  private static final String NAME = "millrace-narrowed";

  private final KubernetesClient client;
  private final List<ClusterRole> clusterRoles;
  private final List<Role> roles;
  private final List<PolicyRule> perNamespace;

  /** Rights of the cluster that are not asked for in a namespace. */
  private static boolean isOfCluster(Right right) {
    return right.isForCaches() || right.resource().equals("customresourcedefinitions");
  }

  NarrowedRights(KubernetesClient client) {
    this.client = client;
    var grants = new Grants(client);
    clusterRoles = grants.clusterRoles().toList();
    roles = grants.roles().toList();
    perNamespace =
        clusterRoles.stream()
            .flatMap(role -> Grants.only(role.getRules(), right -> !isOfCluster(right)).stream())
            .toList();
  }

  /** From now on only lists, watches and definitions are granted for the whole cluster. */
  void divide() {
    clusterRoles.forEach(role -> write(narrowed(role, NarrowedRights::isOfCluster)));
  }

  /** Takes rights away wherever they are granted, and gives back those taken before. */
  void dropEverywhere(Predicate<Right> dropped) {
    clusterRoles.forEach(role -> write(narrowed(role, dropped.negate())));
    roles.forEach(role -> write(narrowed(role, dropped.negate())));
  }

  private static ClusterRole narrowed(ClusterRole role, Predicate<Right> left) {
    return new ClusterRoleBuilder(role).withRules(Grants.only(role.getRules(), left)).build();
  }

  private static Role narrowed(Role role, Predicate<Right> left) {
    return new RoleBuilder(role).withRules(Grants.only(role.getRules(), left)).build();
  }

  /** Everything in a namespace but that; the rest of what the chart grants is granted there. */
  void drop(String namespace, Collection<Right> dropped) {
    Predicate<Right> left = right -> dropped.stream().noneMatch(right::isSame);
    var rules = new ArrayList<>(Grants.only(perNamespace, left));
    write(
        new RoleBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace)
            .endMetadata()
            .withRules(rules)
            .build());
    write(
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", NAME)
            .addNewSubject("", "ServiceAccount", "millrace", ChartRelease.SYSTEM)
            .build());
    roles.stream()
        .filter(role -> role.getMetadata().getNamespace().equals(namespace))
        .forEach(role -> write(narrowed(role, left)));
  }

  private void write(HasMetadata object) {
    object.getMetadata().setResourceVersion(null);
    object.getMetadata().setManagedFields(null);
    client.resource(object).createOr(NonDeletingOperation::update);
  }

  @Override
  public void close() {
    clusterRoles.forEach(this::write);
    roles.forEach(this::write);
    // The next class counts what the chart grants.
    client.rbac().roleBindings().inAnyNamespace().withField("metadata.name", NAME).delete();
    client.rbac().roles().inAnyNamespace().withField("metadata.name", NAME).delete();
  }
}
