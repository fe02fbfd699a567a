package dev.millrace.operator.desired;

import dev.millrace.operator.config.Connection;
import dev.millrace.operator.config.NetworkPeers;
import dev.millrace.operator.config.OperatorConfig;
import dev.millrace.operator.plan.LabelWindowPlan;
import dev.millrace.operator.plan.OnlinePlan;
import dev.millrace.operator.plan.PipelinePlan;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** Who may talk to whom (reliability.md §3.5): everything else is denied, both ways. */
public final class NetworkPolicies {
  private static final int REST_PORT = 8081;
  private static final int REDIS_PORT = 6379;

  private NetworkPolicies() {}

  /**
   * Policy of a pipeline's job pods, one for all versions that run: each reaches what any of them
   * has to reach.
   *
   * @param plans one per version, the newest first
   */
  public static NetworkPolicy stream(List<PipelinePlan> plans, OperatorConfig config) {
    PipelinePlan newest = plans.get(0);
    LabelSelector pods = pods(Labels.PIPELINE, newest.name(), "stream");
    var egress = new LinkedHashSet<NetworkPolicyEgressRule>();
    egress.add(Egress.dns());
    egress.add(Egress.apiServer());
    egress.add(toPods(pods));
    for (PipelinePlan plan : plans) {
      egress.add(Egress.kafka(plan.topic().connection()));
      egress.add(
          plan.online() instanceof OnlinePlan.Managed
              ? toPods(ManagedRedis.selector(Owner.of(plan)), REDIS_PORT)
              : Egress.to(Documents.redis(plan), Documents.redis(plan).port()));
      egress.addAll(Egress.storage(plan.storage()));
    }
    return policy(
        Owner.of(newest),
        Names.streamPolicy(newest.name()),
        pods,
        List.of(restCallers(config.peers()), fromPods(pods)),
        List.copyOf(egress));
  }

  /** Policy of a managed Redis: its pipeline's job and readers labelled as such, out nothing. */
  public static NetworkPolicy redis(PipelinePlan plan) {
    Owner owner = Owner.of(plan);
    var readers =
        new LabelSelectorBuilder().addToMatchLabels(Labels.ONLINE_READER, plan.name()).build();
    NetworkPolicyIngressRule rule =
        new NetworkPolicyIngressRuleBuilder()
            .withFrom(peer(pods(Labels.PIPELINE, plan.name(), "stream")), peer(readers))
            .withPorts(port(REDIS_PORT))
            .build();
    return policy(
        owner, Names.redis(plan.name()), ManagedRedis.selector(owner), List.of(rule), List.of());
  }

  /** Policy of an extract's pods: the driver's, and those of its executors. */
  public static NetworkPolicy extract(LabelWindowPlan plan) {
    var selector =
        new LabelSelectorBuilder()
            .addToMatchLabels(Labels.LABEL_WINDOW, plan.name())
            .addNewMatchExpression()
            .withKey(Labels.COMPONENT)
            .withOperator("In")
            .withValues(CronJobs.CONTAINER, ExecutorPods.COMPONENT)
            .endMatchExpression()
            .build();
    var egress = new ArrayList<NetworkPolicyEgressRule>();
    egress.add(Egress.dns());
    if (plan.extract().executors() > 0) {
      egress.add(Egress.apiServer());
      egress.add(toPods(selector));
    }
    egress.add(Egress.kafka(plan.topic().connection()));
    for (Connection.Storage storage : storages(plan)) {
      egress.addAll(Egress.storage(storage));
    }
    List<NetworkPolicyIngressRule> ingress =
        plan.extract().executors() > 0 ? List.of(fromPods(selector)) : List.of();
    return policy(Owner.of(plan), Names.extractPolicy(plan.name()), selector, ingress, egress);
  }

  /** Policy of a clean-up's pod: in nothing, out to the stores that it empties. */
  static NetworkPolicy cleanUp(
      Owner owner,
      String name,
      String component,
      Optional<Connection.Redis> redis,
      Connection.Storage storage) {
    var egress = new ArrayList<NetworkPolicyEgressRule>();
    egress.add(Egress.dns());
    redis.ifPresent(connection -> egress.add(Egress.to(connection, connection.port())));
    egress.addAll(Egress.storage(storage));
    String label = owner.kind().equals(Owner.PIPELINE) ? Labels.PIPELINE : Labels.LABEL_WINDOW;
    return policy(owner, name, pods(label, owner.name(), component), List.of(), egress);
  }

  private static List<Connection.Storage> storages(LabelWindowPlan plan) {
    var storages = new ArrayList<>(List.of(plan.storage(), plan.anchor().storage()));
    plan.joins().forEach(join -> storages.add(join.pipeline().storage()));
    return storages.stream().distinct().toList();
  }

  private static NetworkPolicy policy(
      Owner owner,
      String name,
      LabelSelector pods,
      List<NetworkPolicyIngressRule> ingress,
      List<NetworkPolicyEgressRule> egress) {
    return new NetworkPolicyBuilder()
        .withMetadata(owner.owned(name))
        .withNewSpec()
        .withPodSelector(pods)
        .withPolicyTypes("Ingress", "Egress")
        .withIngress(ingress)
        .withEgress(egress)
        .endSpec()
        .build();
  }

  private static LabelSelector pods(String ownerLabel, String owner, String component) {
    return new LabelSelectorBuilder()
        .addToMatchLabels(ownerLabel, owner)
        .addToMatchLabels(Labels.COMPONENT, component)
        .build();
  }

  private static NetworkPolicyIngressRule restCallers(NetworkPeers peers) {
    return new NetworkPolicyIngressRuleBuilder()
        .withFrom(
            namespace(peers.operator()),
            namespace(peers.flinkOperator()),
            namespace(peers.monitoring()))
        .withPorts(port(REST_PORT))
        .build();
  }

  private static NetworkPolicyIngressRule fromPods(LabelSelector pods) {
    return new NetworkPolicyIngressRuleBuilder().withFrom(peer(pods)).build();
  }

  private static NetworkPolicyEgressRule toPods(LabelSelector pods, int... ports) {
    var rule = new NetworkPolicyEgressRuleBuilder().withTo(peer(pods));
    for (int port : ports) {
      rule.addToPorts(port(port));
    }
    return rule.build();
  }

  private static NetworkPolicyPeer peer(LabelSelector pods) {
    return new NetworkPolicyPeerBuilder().withPodSelector(pods).build();
  }

  private static NetworkPolicyPeer namespace(String name) {
    return new NetworkPolicyPeerBuilder()
        .withNamespaceSelector(
            new LabelSelectorBuilder()
                .addToMatchLabels("kubernetes.io/metadata.name", name)
                .build())
        .build();
  }

  static NetworkPolicyPort port(int number) {
    return new NetworkPolicyPortBuilder()
        .withProtocol("TCP")
        .withPort(new IntOrString(number))
        .build();
  }
}
