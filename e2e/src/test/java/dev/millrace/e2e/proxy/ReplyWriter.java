package dev.millrace.e2e.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes answers of HTTP/1.1: whole ones with a length, streams in chunks. */
final class ReplyWriter {
  private static final byte[] LINE_END = {'\r', '\n'};

  private final OutputStream out;

  ReplyWriter(OutputStream out) {
    this.out = out;
  }

  void whole(Reply reply) throws IOException {
    head(reply, "Content-Length: " + reply.body().length);
    out.write(reply.body());
    out.flush();
  }

  /** Announces all of the body and sends the first half. */
  void half(Reply reply) throws IOException {
    head(reply, "Content-Length: " + reply.body().length);
    out.write(reply.body(), 0, reply.body().length / 2);
    out.flush();
  }

  /** Starts an answer of unknown length. The connection ends with it. */
  void startStream(Reply reply) throws IOException {
    head(reply, "Transfer-Encoding: chunked\r\nConnection: close");
    out.flush();
  }

  void chunk(byte[] bytes) throws IOException {
    out.write(Integer.toHexString(bytes.length).getBytes(StandardCharsets.US_ASCII));
    out.write(LINE_END);
    out.write(bytes);
    out.write(LINE_END);
    out.flush();
  }

  void endStream() throws IOException {
    chunk(new byte[0]);
  }

  /** Bytes that are no HTTP at all. */
  void raw(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  private void head(Reply reply, String framing) throws IOException {
    var text = new StringBuilder("HTTP/1.1 ").append(reply.code()).append(" -\r\n");
    reply.headers().forEach((name, value) -> text.append(name + ": " + value + "\r\n"));
    text.append(framing).append("\r\n\r\n");
    out.write(text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
