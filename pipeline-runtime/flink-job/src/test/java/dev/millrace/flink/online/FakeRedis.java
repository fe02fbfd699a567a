package dev.millrace.flink.online;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Just enough of a Redis 7.2 to answer a writer of rows, because no such server can be embedded:
 * every row is taken, and {@code WAITAOF} is answered as the test says.
 */
final class FakeRedis implements AutoCloseable {
  private final ServerSocket server;
  private final CopyOnWriteArrayList<Socket> sockets = new CopyOnWriteArrayList<>();
  private final ConcurrentLinkedQueue<String> commands = new ConcurrentLinkedQueue<>();
  private final String version;
  volatile String waitAof = "*2\r\n:1\r\n:0\r\n";

  FakeRedis(String version) throws IOException {
    this.version = version;
    server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  RedisAddress address() {
    return new RedisAddress("127.0.0.1", server.getLocalPort(), false, "");
  }

  /** Names of the commands that came in. */
  List<String> commands() {
    return List.copyOf(commands);
  }

  /** Cuts every connection; clients may come again. */
  void disconnect() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        Socket socket = server.accept();
        sockets.add(socket);
        thread(() -> serve(socket));
      }
    } catch (IOException e) {
      commands.add("(the server ended: " + e.getMessage() + ")");
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      while (true) {
        List<String> command = read(in);
        commands.add(command.get(0));
        out.write(answer(command).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      commands.add("(a connection ended: " + e.getMessage() + ")");
    }
  }

  private String answer(List<String> command) {
    String info = "redis_version:" + version + "\r\naof_enabled:1\r\n";
    return switch (command.get(0).toUpperCase(Locale.ROOT)) {
      case "HELLO" -> "-ERR unknown command\r\n";
      case "PING" -> "+PONG\r\n";
      case "INFO" -> "$" + info.length() + "\r\n" + info + "\r\n";
      case "SCRIPT" -> "$40\r\n" + "0".repeat(40) + "\r\n";
      case "EVALSHA" -> ":1\r\n";
      case "WAITAOF" -> waitAof;
      default -> "+OK\r\n";
    };
  }

  private static List<String> read(InputStream in) throws IOException {
    var words = new ArrayList<String>();
    int count = Integer.parseInt(line(in).substring(1));
    for (int i = 0; i < count; i++) {
      int length = Integer.parseInt(line(in).substring(1));
      words.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
      in.skipNBytes(2);
    }
    return words;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next != '\r'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the client left");
      }
      line.append((char) next);
    }
    in.skipNBytes(1);
    return line.toString();
  }

  private static void thread(Runnable work) {
    var thread = new Thread(work, "fake redis");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    server.close();
    disconnect();
  }
}
