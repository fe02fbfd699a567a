package dev.millrace.e2e.proxy;

/** Where in the life of a request a fault strikes. */
public enum Moment {
  /** The API server never sees the request. */
  BEFORE_FORWARD,
  /** The API server has done it and the caller is not told. */
  AFTER_COMMIT,
  /** The caller has the answer. */
  AFTER_REPLY
}
