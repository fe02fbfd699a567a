package dev.millrace.e2e.proxy;

import java.time.Instant;

/**
 * One request that came, and how it went.
 *
 * @param number from 1, in order of arrival
 * @param serverCode what the API server said; 0 if it was not asked or did not answer
 * @param answeredCode what the caller was told; 0 if the connection was cut
 * @param fault empty if nothing went wrong on purpose
 */
public record RecordedRequest(
    int number, Instant at, ApiCall call, int serverCode, int answeredCode, String fault) {

  /** Whether the world may be another one now. */
  public boolean committed() {
    return call.writes() && serverCode >= 200 && serverCode < 300;
  }
}
