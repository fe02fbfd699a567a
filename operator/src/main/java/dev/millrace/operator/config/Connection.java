package dev.millrace.operator.config;

import java.util.List;

/**
 * An address that an administrator registered under a name; tenants write the name only (api.md
 * §4). Secrets are names of Secrets in the tenant's namespace, empty for none.
 */
public sealed interface Connection {
  /** The name that resources use. */
  String name();

  /** Namespaces that may use it; {@code *} stands for all. */
  List<String> namespaces();

  /** Address ranges for network policies; empty for any address. */
  List<String> cidrs();

  /** Whether resources of that namespace may use this connection. */
  default boolean allows(String namespace) {
    return namespaces().contains("*") || namespaces().contains(namespace);
  }

  /**
   * A Kafka cluster.
   *
   * @param cluster name of Strimzi's Kafka resource, the label of its topics
   * @param namespace namespace in which Strimzi's topic operator watches
   * @param bootstrapServers addresses, {@code host:port} separated by commas
   * @param tlsSecret Secret with the client's certificate and the cluster's authority
   * @param topicPrefix what precedes a managed topic's name; {@code <namespace>} stands for the
   *     resource's namespace
   */
  record Kafka(
      String name,
      String cluster,
      String namespace,
      String bootstrapServers,
      String tlsSecret,
      String topicPrefix,
      List<String> cidrs,
      List<String> namespaces)
      implements Connection {
    public Kafka {
      cidrs = List.copyOf(cidrs);
      namespaces = List.copyOf(namespaces);
    }

    /** The prefix of managed topics of one tenant namespace. */
    public String prefixFor(String tenant) {
      return topicPrefix.replace("<namespace>", tenant);
    }
  }

  /**
   * A schema registry.
   *
   * @param url its address
   */
  record Registry(
      String name,
      String url,
      String credentialsSecret,
      List<String> cidrs,
      List<String> namespaces)
      implements Connection {
    public Registry {
      cidrs = List.copyOf(cidrs);
      namespaces = List.copyOf(namespaces);
    }
  }

  /**
   * A Redis.
   *
   * @param tls whether to speak TLS
   * @param credentialsSecret Secret with the key {@code password}
   */
  record Redis(
      String name,
      String host,
      int port,
      boolean tls,
      String credentialsSecret,
      List<String> cidrs,
      List<String> namespaces)
      implements Connection {
    public Redis {
      cidrs = List.copyOf(cidrs);
      namespaces = List.copyOf(namespaces);
    }
  }

  /**
   * An offline store.
   *
   * @param location URI below which all folders lie, for example {@code s3a://features}
   * @param endpoint address of an S3 service other than the default; empty for none
   * @param credentialsSecret Secret with the key {@code credentials}, an AWS profile file
   */
  record Storage(
      String name,
      String location,
      String endpoint,
      String credentialsSecret,
      List<String> cidrs,
      List<String> namespaces)
      implements Connection {
    public Storage {
      cidrs = List.copyOf(cidrs);
      namespaces = List.copyOf(namespaces);
    }
  }
}
