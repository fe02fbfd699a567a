package dev.millrace.e2e.proxy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.util.Map;

/** One connection of a caller: requests one after the other until either side closes. */
final class ClientConnection implements Runnable {
  private static final Logger LOG = System.getLogger(ClientConnection.class.getName());
  private static final Reply NO_WEBSOCKET = new Reply(200, Map.of(), new byte[0]);

  private final ProxyServer proxy;
  private final Socket socket;
  private final InputStream in;
  private final RequestReader reader;
  private final ReplyWriter writer;

  ClientConnection(ProxyServer proxy, Socket socket) throws IOException {
    this.proxy = proxy;
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    var out = new BufferedOutputStream(socket.getOutputStream());
    this.reader = new RequestReader(in, out);
    this.writer = new ReplyWriter(out);
  }

  @Override
  public void run() {
    try {
      for (var head = reader.head(); head.isPresent(); head = reader.head()) {
        serve(head.get());
      }
    } catch (IOException e) {
      // Faults and dying callers cut connections on purpose.
      LOG.log(Level.DEBUG, "connection ended", e);
    } finally {
      close();
    }
  }

  ReplyWriter writer() {
    return writer;
  }

  /** Blocks until the caller closes; it says nothing while it watches. */
  void awaitCallersEnd() throws IOException {
    if (in.read() >= 0) {
      throw new IOException("the caller spoke during a watch");
    }
  }

  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "socket did not close", e);
    }
  }

  /** Closes with a reset instead of an orderly end. */
  void reset() throws IOException {
    if (!socket.isClosed()) {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }

  private void serve(HttpRequestHead head) throws IOException {
    var body = reader.body(head);
    if (head.asksForWebSocket()) {
      writer.whole(NO_WEBSOCKET);
      return;
    }
    var call = ApiCall.of(head, proxy.caller(head));
    var fault = proxy.plan().fault(call);
    int number = proxy.log().arrived(call, fault.map(Object::toString).orElse(""));
    var exchange = new ForwardedExchange(proxy, this, call, number, head, body);
    if (fault.isPresent()) {
      fault.get().strike(exchange);
    } else {
      exchange.pass();
    }
  }
}
