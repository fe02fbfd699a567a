package dev.millrace.e2e.proxy;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** One request under way, with the steps that a fault may take. */
public interface Exchange {
  /** What was asked for. */
  ApiCall call();

  /** Forwards the request and brings the answer, streams of events included. */
  void pass() throws IOException;

  /** The same with other values for some parameters of the query. */
  void passWith(Map<String, String> parameters) throws IOException;

  /** Lets the API server do it, without a word to the caller. Of a watch only the head is read. */
  Reply forward() throws IOException;

  /** Answers. */
  void answer(Reply reply) throws IOException;

  /** Announces the whole answer, sends half of it and closes. */
  void answerHalf(Reply reply) throws IOException;

  /** Sends bytes that are no HTTP and closes. */
  void answerRaw(byte[] bytes) throws IOException;

  /** Resets the connection. */
  void abort() throws IOException;

  /** Waits, at most until the proxy closes. */
  void pause(Duration duration);
}
