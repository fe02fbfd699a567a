package dev.millrace.e2e.proxy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A watch: lines of JSON from the API server to the caller, each of them under the rules. */
final class WatchStream implements EventSink {
  private final ProxyServer proxy;
  private final ClientConnection connection;
  private final ApiCall call;
  private final HttpResponse<InputStream> response;
  private boolean ended;

  WatchStream(
      ProxyServer proxy,
      ClientConnection connection,
      ApiCall call,
      HttpResponse<InputStream> response) {
    this.proxy = proxy;
    this.connection = connection;
    this.call = call;
    this.response = response;
  }

  /** Returns when either side has ended the watch. */
  void run() throws IOException {
    proxy.threads().execute(this::closeWithTheCaller);
    var head = new Reply(response.statusCode(), Upstream.headers(response), new byte[0]);
    connection.writer().startStream(head);
    try (var lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      while (!ended) {
        var line = lines.readLine();
        if (line == null) {
          break;
        }
        pass(WatchEvent.of(call, line));
      }
      connection.writer().endStream();
    } finally {
      connection.close();
    }
  }

  @Override
  public void send(String line) throws IOException {
    connection.writer().chunk((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void pause(Duration duration) {
    proxy.pause(duration);
  }

  @Override
  public void end() {
    ended = true;
  }

  private void pass(WatchEvent event) throws IOException {
    var fault = proxy.plan().fault(event);
    if (fault.isPresent()) {
      fault.get().strike(event, this);
    } else {
      send(event.line());
    }
  }

  private void closeWithTheCaller() {
    try {
      connection.awaitCallersEnd();
    } catch (IOException e) {
      // A reset is an end too; the stream below is closed either way.
      System.getLogger(WatchStream.class.getName())
          .log(System.Logger.Level.DEBUG, "caller of " + call + " ended its watch", e);
    } finally {
      closeUpstream();
    }
  }

  private void closeUpstream() {
    try {
      response.body().close();
    } catch (IOException e) {
      throw new UncheckedIOException("watch of " + call, e);
    }
  }
}
