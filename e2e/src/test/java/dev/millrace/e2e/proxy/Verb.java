package dev.millrace.e2e.proxy;

/** What a request does to the API, in the words of RBAC and of the audit log. */
public enum Verb {
  GET,
  LIST,
  WATCH,
  CREATE,
  UPDATE,
  PATCH,
  DELETE,
  DELETE_COLLECTION;

  /** Whether the world may be another one after it. */
  public boolean writes() {
    return switch (this) {
      case GET, LIST, WATCH -> false;
      case CREATE, UPDATE, PATCH, DELETE, DELETE_COLLECTION -> true;
    };
  }

  static Verb of(String method, boolean named, boolean watching) {
    return switch (method) {
      case "GET", "HEAD" -> watching ? WATCH : named ? GET : LIST;
      case "POST" -> CREATE;
      case "PUT" -> UPDATE;
      case "PATCH" -> PATCH;
      case "DELETE" -> named ? DELETE : DELETE_COLLECTION;
      default -> throw new IllegalArgumentException("method " + method + " is no API verb");
    };
  }
}
