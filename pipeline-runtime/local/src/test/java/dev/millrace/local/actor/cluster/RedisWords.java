package dev.millrace.local.actor.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The plainest client of Redis: inline commands. */
final class RedisWords {
  private RedisWords() {}

  /** Sends commands on one connection and returns the answers' words. */
  static String ask(int port, String... commands) throws IOException {
    try (var socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(5_000);
      for (String command : commands) {
        socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
      }
      socket.shutdownOutput();
      var answer = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(answer);
      return answer.toString(StandardCharsets.US_ASCII).replaceAll("\\s+", " ").strip();
    }
  }
}
