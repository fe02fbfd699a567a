package dev.millrace.e2e.proxy;

import com.fasterxml.jackson.databind.ObjectMapper;

/** Answers of the API server that say no, as metav1.Status. */
final class Refusals {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Refusals() {}

  static Reply of(int code) {
    return of(code, reason(code), message(code));
  }

  static Reply of(int code, String reason, String message) {
    return Reply.json(code, status(code, reason, message));
  }

  static String status(int code, String reason, String message) {
    return JSON.createObjectNode()
        .put("kind", "Status")
        .put("apiVersion", "v1")
        .put("status", "Failure")
        .put("message", message)
        .put("reason", reason)
        .put("code", code)
        .toString();
  }

  private static String reason(int code) {
    return switch (code) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "NotFound";
      case 409 -> "Conflict";
      case 410 -> "Expired";
      case 422 -> "Invalid";
      case 429 -> "TooManyRequests";
      case 500 -> "InternalError";
      case 503 -> "ServiceUnavailable";
      case 504 -> "Timeout";
      default -> throw new IllegalArgumentException("no Status is known for code " + code);
    };
  }

  private static String message(int code) {
    return switch (code) {
      case 401 -> "Unauthorized";
      case 403 -> "the request is forbidden: injected by the test";
      case 404 -> "the server could not find the requested resource";
      case 409 -> "the object has been modified; please apply your changes to the latest version";
      case 410 -> "too old resource version: 1 (2)";
      case 422 -> "the object is invalid: injected by the test";
      case 429 -> "the server has received too many requests and has asked us to try again later";
      case 500 -> "Internal error occurred: failed calling webhook \"injected.test\"";
      case 503 -> "the server is currently unable to handle the request";
      default -> "the server was unable to return a response in the time allotted";
    };
  }
}
