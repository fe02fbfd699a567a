package dev.millrace.e2e.proxy;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A whole answer.
 *
 * @param headers those that matter end to end; length and connection are the writer's
 */
public record Reply(int code, Map<String, String> headers, byte[] body) {

  static Reply json(int code, String body) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("Content-Type", "application/json");
    return new Reply(code, headers, body.getBytes(StandardCharsets.UTF_8));
  }

  Reply with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Reply(code, more, body);
  }
}
