package dev.millrace.e2e.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * One line of a watch.
 *
 * @param watch the request that opened it
 * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR
 * @param line as it came, without its end
 */
public record WatchEvent(ApiCall watch, String type, JsonNode object, String line) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static WatchEvent of(ApiCall watch, String line) throws IOException {
    var event = JSON.readTree(line);
    return new WatchEvent(watch, event.path("type").asText(), event.path("object"), line);
  }

  /** Whether it tells of a change: bookmarks and errors do not. */
  public boolean changes() {
    return type.equals("ADDED") || type.equals("MODIFIED") || type.equals("DELETED");
  }

  /** Plural of the kind watched. */
  public String resource() {
    return watch.resource();
  }

  /** Name of the object. */
  public String name() {
    return object.at("/metadata/name").asText();
  }

  /** Its resource version after the change. */
  public String resourceVersion() {
    return object.at("/metadata/resourceVersion").asText();
  }

  @Override
  public String toString() {
    return type + " " + resource() + "/" + name() + "@" + resourceVersion();
  }
}
