package dev.millrace.e2e.proxy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** One request between a connection and the API server. */
final class ForwardedExchange implements Exchange {
  private final ProxyServer proxy;
  private final ClientConnection connection;
  private final ApiCall call;
  private final int number;
  private final HttpRequestHead head;
  private final byte[] body;

  ForwardedExchange(
      ProxyServer proxy,
      ClientConnection connection,
      ApiCall call,
      int number,
      HttpRequestHead head,
      byte[] body) {
    this.proxy = proxy;
    this.connection = connection;
    this.call = call;
    this.number = number;
    this.head = head;
    this.body = body;
  }

  @Override
  public ApiCall call() {
    return call;
  }

  @Override
  public void pass() throws IOException {
    pass(head);
  }

  @Override
  public void passWith(Map<String, String> parameters) throws IOException {
    var query = new LinkedHashMap<>(call.query());
    query.putAll(parameters);
    pass(
        head.withQuery(
            query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"))));
  }

  @Override
  public Reply forward() throws IOException {
    var response = send(head);
    if (call.verb() == Verb.WATCH) {
      response.body().close();
      return new Reply(response.statusCode(), Upstream.headers(response), new byte[0]);
    }
    return whole(response);
  }

  @Override
  public void answer(Reply reply) throws IOException {
    // Noted first: a caller that has its answer finds it in the record.
    proxy.log().answered(number, reply.code());
    try {
      connection.writer().whole(reply);
    } catch (IOException e) {
      proxy.log().answered(number, 0);
      throw e;
    }
  }

  @Override
  public void answerHalf(Reply reply) throws IOException {
    connection.writer().half(reply);
    connection.close();
  }

  @Override
  public void answerRaw(byte[] bytes) throws IOException {
    connection.writer().raw(bytes);
    connection.close();
  }

  @Override
  public void abort() throws IOException {
    connection.reset();
  }

  @Override
  public void pause(Duration duration) {
    proxy.pause(duration);
  }

  private void pass(HttpRequestHead request) throws IOException {
    var response = send(request);
    if (call.verb() == Verb.WATCH && response.statusCode() == 200) {
      proxy.log().answered(number, response.statusCode());
      new WatchStream(proxy, connection, call, response).run();
    } else {
      answer(whole(response));
    }
  }

  private HttpResponse<InputStream> send(HttpRequestHead request) throws IOException {
    try {
      var response = proxy.upstream().send(request, body);
      proxy.log().served(number, response.statusCode());
      return response;
    } catch (IOException e) {
      // The API server is away: the caller sees its own connection break.
      connection.reset();
      throw e;
    }
  }

  private static Reply whole(HttpResponse<InputStream> response) throws IOException {
    try (var in = response.body()) {
      return new Reply(response.statusCode(), Upstream.headers(response), in.readAllBytes());
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
