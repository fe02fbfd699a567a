package dev.millrace.e2e.proxy;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Every request, finished or under way, in order of arrival. */
final class RequestLog {
  private final AtomicInteger numbers = new AtomicInteger();
  private final ConcurrentSkipListMap<Integer, RecordedRequest> requests =
      new ConcurrentSkipListMap<>();

  int arrived(ApiCall call, String fault) {
    int number = numbers.incrementAndGet();
    requests.put(number, new RecordedRequest(number, Instant.now(), call, 0, 0, fault));
    return number;
  }

  void served(int number, int code) {
    requests.computeIfPresent(
        number,
        (key, was) ->
            new RecordedRequest(
                number, was.at(), was.call(), code, was.answeredCode(), was.fault()));
  }

  void answered(int number, int code) {
    requests.computeIfPresent(
        number,
        (key, was) ->
            new RecordedRequest(number, was.at(), was.call(), was.serverCode(), code, was.fault()));
  }

  List<RecordedRequest> all() {
    return List.copyOf(requests.values());
  }
}
