package dev.millrace.e2e.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A reverse proxy in front of the API server that does what the {@link FaultPlan} says
 * (reliability.md §5, rows marked P). Callers talk plain HTTP/1.1 to it and keep their bearer
 * token. A request for a WebSocket is answered 200, on which fabric8's client goes over to a watch
 * by HTTP: its events are lines of JSON and can be scripted one by one.
 */
public final class ProxyServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Upstream upstream;
  private final FaultPlan plan;
  private final RequestLog log = new RequestLog();
  private final Map<String, String> callers = new ConcurrentHashMap<>();
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            var thread = new Thread(task, "api-proxy");
            thread.setDaemon(true);
            return thread;
          });

  private ProxyServer(ServerSocket socket, Upstream upstream, FaultPlan plan) {
    this.socket = socket;
    this.upstream = upstream;
    this.plan = plan;
  }

  /** Starts on a free port of the loopback address. */
  public static ProxyServer start(Upstream upstream, FaultPlan plan) {
    try {
      var socket = new ServerSocket(0, 128, InetAddress.getByName("127.0.0.1"));
      var proxy = new ProxyServer(socket, upstream, plan);
      proxy.threads.execute(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open a port for the proxy", e);
    }
  }

  /** Where callers find it: {@code http://127.0.0.1:<port>}. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Gives the holder of a token a name in rules and in the record. The token is not kept there. */
  public void name(String token, String caller) {
    callers.put(token, caller);
  }

  /** Every request so far, in order of arrival; those under way have codes of 0. */
  public List<RecordedRequest> requests() {
    return log.all();
  }

  /** Cuts every connection, watches included, as a restart of the API server does. */
  public void cutAll() {
    connections.forEach(ClientConnection::close);
  }

  @Override
  public void close() {
    closed.countDown();
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the proxy's port", e);
    } finally {
      cutAll();
      threads.shutdownNow();
    }
  }

  Upstream upstream() {
    return upstream;
  }

  FaultPlan plan() {
    return plan;
  }

  RequestLog log() {
    return log;
  }

  ExecutorService threads() {
    return threads;
  }

  String caller(HttpRequestHead head) {
    var name = callers.get(head.token());
    return name == null ? head.header("user-agent").orElse("unknown") : name;
  }

  void pause(Duration duration) {
    try {
      closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void accept() {
    while (!isClosed()) {
      try {
        serve(socket.accept());
      } catch (IOException e) {
        if (!isClosed()) {
          throw new UncheckedIOException("the proxy cannot accept connections", e);
        }
      }
    }
  }

  private void serve(Socket client) throws IOException {
    client.setTcpNoDelay(true);
    var connection = new ClientConnection(this, client);
    connections.add(connection);
    threads.execute(
        () -> {
          try {
            connection.run();
          } finally {
            connections.remove(connection);
          }
        });
  }
}
