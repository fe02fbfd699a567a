package dev.millrace.flink.online;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;

/** What an error of Redis means to us (reliability.md §4.3). */
final class RedisErrors {
  private RedisErrors() {}

  static boolean isMissingScript(String error) {
    return error.contains("NOSCRIPT");
  }

  /** Errors that waiting does not heal. */
  static boolean isFinal(String error) {
    return reason(error) == Reason.ACCESS_DENIED;
  }

  static MillraceFailure failure(RedisAddress address, String error, Throwable cause) {
    return new MillraceFailure(reason(error), "Redis at " + address + ": " + error, cause);
  }

  /** The same of a client's exception: Lettuce puts the server's answer at the bottom. */
  static MillraceFailure failure(RedisAddress address, Throwable error) {
    var text = new StringBuilder();
    for (Throwable each = error; each != null; each = each.getCause()) {
      text.append(text.length() == 0 ? "" : ": ").append(each.getMessage());
    }
    return failure(address, text.toString(), error);
  }

  private static Reason reason(String error) {
    if (error.contains("NOAUTH")
        || error.contains("WRONGPASS")
        || error.contains("NOPERM")
        || error.contains("invalid password")
        || error.contains("no password is set")) {
      return Reason.ACCESS_DENIED;
    }
    return error.contains("OOM ") ? Reason.OUT_OF_MEMORY : Reason.ONLINE_STORE_UNREACHABLE;
  }
}
