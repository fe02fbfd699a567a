package dev.millrace.operator.controller;

import dev.millrace.operator.desired.Labels;
import dev.millrace.operator.observe.ChildRef;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Caches of the children of one kind of resource. They hold labelled objects only, so that foreign
 * objects cost nothing (reliability.md §3.1). A cache of a neighbour's kind is opened once the API
 * server knows the kind.
 *
 * @param <P> the resource that owns the children
 */
final class ChildSources<P extends HasMetadata> {
  private static final Map<ChildKind, Class<? extends HasMetadata>> TYPES =
      Map.of(
          ChildKind.STATEFUL_SET, StatefulSet.class,
          ChildKind.SERVICE, Service.class,
          ChildKind.CONFIG_MAP, ConfigMap.class,
          ChildKind.NETWORK_POLICY, NetworkPolicy.class,
          ChildKind.CRON_JOB, CronJob.class,
          ChildKind.JOB, Job.class,
          ChildKind.POD, Pod.class,
          ChildKind.CLAIM, PersistentVolumeClaim.class);

  private final Class<P> ownerType;
  private final String ownerLabel;
  private final List<ChildKind> kinds;
  private final Set<String> topicNamespaces;
  private final Neighbours neighbours;
  private final FilledCaches filled;
  private final Map<ChildKind, InformerEventSource<? extends HasMetadata, P>> sources =
      new ConcurrentHashMap<>();

  /**
   * @param ownerLabel label that carries the owner's name
   * @param topicNamespaces where KafkaTopics lie
   */
  ChildSources(
      Class<P> ownerType,
      String ownerLabel,
      List<ChildKind> kinds,
      Set<String> topicNamespaces,
      Neighbours neighbours,
      FilledCaches filled) {
    this.ownerType = ownerType;
    this.ownerLabel = ownerLabel;
    this.kinds = kinds;
    this.topicNamespaces = topicNamespaces;
    this.neighbours = neighbours;
    this.filled = filled;
  }

  /** Caches of the kinds that every API server has. */
  List<EventSource<?, P>> prepare(EventSourceContext<P> context) {
    var prepared = new ArrayList<EventSource<?, P>>();
    for (ChildKind kind : kinds) {
      if (kind.builtIn()) {
        prepared.add(open(kind, context));
      }
    }
    return prepared;
  }

  /**
   * Opens caches of kinds that have appeared.
   *
   * @return kinds that are still missing
   */
  List<ChildKind> openNew(Context<P> context) {
    var missing = new ArrayList<ChildKind>();
    for (ChildKind kind : kinds) {
      if (sources.containsKey(kind)) {
        continue;
      }
      if (neighbours.serves(kind)) {
        openDynamically(kind, context);
      } else {
        missing.add(kind);
      }
    }
    return missing;
  }

  private synchronized void openDynamically(ChildKind kind, Context<P> context) {
    if (!sources.containsKey(kind)) {
      var retriever = context.eventSourceRetriever();
      var source = source(kind, retriever.eventSourceContextForDynamicRegistration());
      retriever.dynamicallyRegisterEventSource(source);
      sources.put(kind, source);
    }
  }

  private InformerEventSource<? extends HasMetadata, P> open(
      ChildKind kind, EventSourceContext<P> context) {
    var source = source(kind, context);
    sources.put(kind, source);
    return source;
  }

  private InformerEventSource<? extends HasMetadata, P> source(
      ChildKind kind, EventSourceContext<P> context) {
    return kind.builtIn()
        ? typed(TYPES.get(kind), kind, context)
        : configured(
            InformerEventSourceConfiguration.from(kind.groupVersionKind(), ownerType),
            kind,
            context);
  }

  private <R extends HasMetadata> InformerEventSource<R, P> typed(
      Class<R> type, ChildKind kind, EventSourceContext<P> context) {
    return configured(InformerEventSourceConfiguration.from(type, ownerType), kind, context);
  }

  private <R extends HasMetadata> InformerEventSource<R, P> configured(
      InformerEventSourceConfiguration.Builder<R> builder,
      ChildKind kind,
      EventSourceContext<P> context) {
    builder
        .withName(kind.plural())
        .withLabelSelector(Labels.MANAGED_BY + "=" + Labels.MILLRACE + "," + ownerLabel)
        .withSecondaryToPrimaryMapper(this::owner);
    if (kind == ChildKind.KAFKA_TOPIC) {
      builder.withNamespaces(topicNamespaces);
    } else {
      builder.withNamespacesInheritedFromController();
    }
    return new InformerEventSource<>(builder.build(), context);
  }

  /** Whom a change concerns: either trace may be what somebody has just changed. */
  private Set<ResourceID> owner(HasMetadata child) {
    var owners = new HashSet<ResourceID>();
    String kind = HasMetadata.getKind(ownerType);
    child.getMetadata().getOwnerReferences().stream()
        .filter(reference -> kind.equals(reference.getKind()))
        .map(reference -> new ResourceID(reference.getName(), child.getMetadata().getNamespace()))
        .forEach(owners::add);
    Map<String, String> labels = child.getMetadata().getLabels();
    String name = labels == null ? null : labels.get(ownerLabel);
    String namespace = labels == null ? null : labels.get(Labels.NAMESPACE);
    // Who may label an object must not wake the resources of others. Topics lie elsewhere.
    boolean own =
        child.getMetadata().getNamespace().equals(namespace)
            || child.getKind().equals(ChildKind.KAFKA_TOPIC.kind());
    if (name != null && namespace != null && own) {
      owners.add(new ResourceID(name, namespace));
    }
    return owners;
  }

  /** Whether objects of that kind can be seen. */
  boolean sees(ChildKind kind) {
    return sources.containsKey(kind);
  }

  /** Makes sure that objects of that kind in that namespace would be seen if there were any. */
  void requireFilled(ChildKind kind, String namespace) {
    var source = sources.get(kind);
    if (source != null) {
      filled.requireIn(source, kind.apiPath(), kind.plural(), namespace);
    }
  }

  /** The same of everything: before a deletion what cannot be seen is not taken as gone. */
  void requireFilled() {
    sources.forEach((kind, source) -> filled.require(source, kind.apiPath(), kind.plural()));
  }

  /** The cached object, if there is one with our label. */
  Optional<HasMetadata> get(ChildRef child) {
    return ChildKind.of(child.kind())
        .map(sources::get)
        .flatMap(source -> source.get(new ResourceID(child.name(), child.namespace())))
        .map(HasMetadata.class::cast);
  }

  /** A neighbour's object, untyped. */
  Optional<GenericKubernetesResource> untyped(ChildRef child) {
    return get(child).map(GenericKubernetesResource.class::cast);
  }

  /** Cached objects that belong to the owner by UID, not by name (reliability.md §1). */
  Stream<HasMetadata> owned(ChildKind kind, HasMetadata owner) {
    var source = sources.get(kind);
    if (source == null) {
      return Stream.empty();
    }
    return source.list(child -> Ownership.belongs(child, owner)).map(HasMetadata.class::cast);
  }

  /** Cached objects of a namespace that match. */
  Stream<HasMetadata> inNamespace(
      ChildKind kind, String namespace, Predicate<HasMetadata> matching) {
    var source = sources.get(kind);
    return source == null
        ? Stream.empty()
        : source.list(namespace, matching::test).map(HasMetadata.class::cast);
  }

  /** Makes the next read see what was just written. */
  @SuppressWarnings("unchecked")
  void written(HasMetadata before, HasMetadata after) {
    ChildKind.of(after)
        .map(kind -> (InformerEventSource<HasMetadata, P>) sources.get(kind))
        .ifPresent(
            source -> {
              var id = ResourceID.fromResource(after);
              if (before == null) {
                source.handleRecentResourceCreate(id, after);
              } else {
                source.handleRecentResourceUpdate(id, after, before);
              }
            });
  }
}
