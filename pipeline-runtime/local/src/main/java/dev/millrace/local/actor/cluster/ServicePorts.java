package dev.millrace.local.actor.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The port on 127.0.0.1 of each port of a Service, the same for as long as this lives. It stands in
 * for the DNS and the network of a cluster: names such as {@code sessions-redis.web.svc} in mounted
 * documents become loopback addresses, beside a field {@code xPort} for a field {@code xHost}, or
 * with the port that follows the name.
 */
final class ServicePorts {
  private static final String HOST = "([a-z0-9-]+)\\.([a-z0-9-]+)\\.svc(?:\\.cluster\\.local)?";
  private static final Pattern NAME = Pattern.compile(HOST);
  private static final Pattern ADDRESS = Pattern.compile(HOST + ":(\\d+)");
  private static final String LOOPBACK = "127.0.0.1";
  // Below the range from which the kernel gives ports to outgoing connections.
  private static final int FIRST = 15_000;
  private static final int LAST = 32_000;
  private static final int ATTEMPTS = 1_000;
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private record ServicePort(String namespace, String service, int port) {}

  private final Map<ServicePort, Integer> ports = new ConcurrentHashMap<>();

  /** The loopback port that stands for a port of a Service. */
  int of(String namespace, String service, int port) {
    return ports.computeIfAbsent(new ServicePort(namespace, service, port), any -> free());
  }

  /** A document with its Services' names replaced. */
  String rewrite(String text) {
    if (!NAME.matcher(text).find()) {
      return text;
    }
    try {
      JsonNode document = MAPPER.readTree(text);
      if (document != null && document.isContainerNode()) {
        edit(document);
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
      }
    } catch (JsonProcessingException e) {
      return addresses(text); // not JSON: only names with their port can be told apart
    }
    return addresses(text);
  }

  private void edit(JsonNode node) {
    if (node instanceof ObjectNode object) {
      hostsBesidePorts(object);
      for (String field : names(object)) {
        if (object.get(field) instanceof TextNode value) {
          object.put(field, addresses(value.textValue()));
        }
      }
    }
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i) instanceof TextNode value) {
          array.set(i, TextNode.valueOf(addresses(value.textValue())));
        }
      }
    }
    node.forEach(this::edit);
  }

  private void hostsBesidePorts(ObjectNode object) {
    for (String field : names(object)) {
      String portField = field.replaceFirst("Host$", "Port").replaceFirst("^host$", "port");
      Matcher host = NAME.matcher(object.path(field).asText());
      if (!portField.equals(field) && object.path(portField).isInt() && host.matches()) {
        int port = object.path(portField).intValue();
        object.put(field, LOOPBACK);
        object.put(portField, of(host.group(2), host.group(1), port));
      }
    }
  }

  private String addresses(String text) {
    return ADDRESS
        .matcher(text)
        .replaceAll(
            found ->
                LOOPBACK
                    + ":"
                    + of(found.group(2), found.group(1), Integer.parseInt(found.group(3))));
  }

  private static List<String> names(ObjectNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static int free() {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port between " + FIRST + " and " + LAST);
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false; // that is the answer
    }
  }
}
