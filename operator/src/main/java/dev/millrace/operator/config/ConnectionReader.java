package dev.millrace.operator.config;

import dev.millrace.contract.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Reads the connections file: map in, records out, all mistakes at once. */
final class ConnectionReader {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern NAMESPACE = Pattern.compile("\\*|" + NAME);
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9.]{0,252})");
  private static final Pattern SERVERS =
      Pattern.compile(HOST + ":[0-9]{1,5}(," + HOST + ":[0-9]{1,5})*");
  private static final Pattern PREFIX = Pattern.compile("(<namespace>|[A-Za-z0-9._-])*");
  private static final Pattern URL = Pattern.compile("https?://[^\\s@]+");

  /** Stores on which replacing a file has been tried: a reader must never see a part or nothing. */
  private static final Pattern LOCATION = Pattern.compile("(s3a|file)://?[^\\s@]+");

  private static final Pattern CIDR = Pattern.compile("[0-9a-fA-F.:]{2,45}/[0-9]{1,3}");

  private ConnectionReader() {}

  static ConfigResult<ConnectionCatalogue> read(String yaml) {
    var violations = new ArrayList<Violation>();
    ConnectionCatalogue catalogue;
    try (Section root = YamlFile.root(yaml, violations);
        Section kinds = root.section("connections")) {
      catalogue =
          new ConnectionCatalogue(
              all(kinds, "kafka", ConnectionReader::kafka),
              all(kinds, "registry", ConnectionReader::registry),
              all(kinds, "redis", ConnectionReader::redis),
              all(kinds, "storage", ConnectionReader::storage));
    }
    return ConfigResult.of(catalogue, violations);
  }

  private static <C extends Connection> List<C> all(
      Section kinds, String kind, Function<Section, C> reader) {
    var connections = new ArrayList<C>();
    var names = new HashSet<String>();
    for (Section entry : kinds.sections(kind)) {
      try (entry) {
        C connection = reader.apply(entry);
        connections.add(connection);
        if (!connection.name().isEmpty() && !names.add(connection.name())) {
          entry.refuse(
              "name",
              Violation.Kind.DUPLICATE,
              Violation.quote(connection.name()) + " is already registered; rename one");
        }
      }
    }
    return connections;
  }

  private static Connection.Kafka kafka(Section entry) {
    String tlsSecret = "";
    if (entry.has("tls")) {
      try (Section tls = entry.section("tls")) {
        tlsSecret = tls.text("secretName", NAME, "kafka-client");
      }
    }
    return new Connection.Kafka(
        entry.text("name", NAME, "default"),
        entry.text("cluster", NAME, "main"),
        entry.text("namespace", NAME, "kafka"),
        entry.text("bootstrapServers", SERVERS, "main-kafka-bootstrap.kafka:9093"),
        tlsSecret,
        entry.text("topicPrefix", PREFIX, "<namespace>.", "<namespace>."),
        cidrs(entry),
        namespaces(entry));
  }

  private static Connection.Registry registry(Section entry) {
    return new Connection.Registry(
        entry.text("name", NAME, "default"),
        entry.text("url", URL, "https://registry.kafka:8081"),
        credentials(entry),
        cidrs(entry),
        namespaces(entry));
  }

  private static Connection.Redis redis(Section entry) {
    return new Connection.Redis(
        entry.text("name", NAME, "default"),
        entry.text("host", HOST, "redis.data"),
        entry.number("port", 1, 65535, 6379),
        entry.flag("tls"),
        credentials(entry),
        cidrs(entry),
        namespaces(entry));
  }

  private static Connection.Storage storage(Section entry) {
    return new Connection.Storage(
        entry.text("name", NAME, "default"),
        entry.text("location", LOCATION, "s3a://features"),
        entry.text("endpoint", URL, "https://s3.data:9000", ""),
        credentials(entry),
        cidrs(entry),
        namespaces(entry));
  }

  private static String credentials(Section entry) {
    return entry.text("credentialsSecret", NAME, "redis-default", "");
  }

  private static List<String> cidrs(Section entry) {
    return entry.texts("cidrs", CIDR, "10.0.0.0/8", List.of());
  }

  private static List<String> namespaces(Section entry) {
    return entry.texts("namespaces", NAMESPACE, "fraud", List.of("*"));
  }
}
