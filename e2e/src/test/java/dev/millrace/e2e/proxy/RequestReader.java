package dev.millrace.e2e.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads requests of HTTP/1.1 from a connection, one after the other. */
final class RequestReader {
  private final InputStream in;
  private final OutputStream out;

  RequestReader(InputStream in, OutputStream out) {
    this.in = in;
    this.out = out;
  }

  /** The next request line with its headers; empty once the client has closed. */
  Optional<HttpRequestHead> head() throws IOException {
    var line = line();
    if (line.isEmpty()) {
      return Optional.empty();
    }
    var parts = line.get().split(" ");
    var target = parts[1];
    int mark = target.indexOf('?');
    return Optional.of(
        new HttpRequestHead(
            parts[0],
            mark < 0 ? target : target.substring(0, mark),
            mark < 0 ? "" : target.substring(mark + 1),
            headers()));
  }

  /** Its body, read whole. */
  byte[] body(HttpRequestHead head) throws IOException {
    if (head.header("expect").filter("100-continue"::equalsIgnoreCase).isPresent()) {
      out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }
    if (head.header("transfer-encoding").filter("chunked"::equalsIgnoreCase).isPresent()) {
      return chunks();
    }
    int length = head.header("content-length").map(Integer::parseInt).orElse(0);
    return exactly(length);
  }

  private Map<String, List<String>> headers() throws IOException {
    var headers = new LinkedHashMap<String, List<String>>();
    for (var line = requireLine(); !line.isEmpty(); line = requireLine()) {
      int colon = line.indexOf(':');
      headers
          .computeIfAbsent(
              line.substring(0, colon).toLowerCase(Locale.ROOT), name -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return headers;
  }

  private byte[] chunks() throws IOException {
    var body = new ByteArrayOutputStream();
    while (true) {
      int length = Integer.parseInt(requireLine().split(";")[0].strip(), 16);
      body.write(exactly(length));
      requireLine();
      if (length == 0) {
        return body.toByteArray();
      }
    }
  }

  private byte[] exactly(int length) throws IOException {
    var bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the client closed after " + bytes.length + " of " + length);
    }
    return bytes;
  }

  private String requireLine() throws IOException {
    return line().orElseThrow(() -> new EOFException("the client closed within a request"));
  }

  private Optional<String> line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return Optional.of(bytes.toString(StandardCharsets.UTF_8).stripTrailing());
      }
      bytes.write(next);
    }
    if (bytes.size() > 0) {
      throw new EOFException("the client closed within a line");
    }
    return Optional.empty();
  }
}
