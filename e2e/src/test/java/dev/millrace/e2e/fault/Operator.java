package dev.millrace.e2e.fault;

/** A running operator under test. */
interface Operator extends AutoCloseable {
  /** Starts one. */
  interface Launcher {
    /** Returns when its process has started. */
    Operator start();
  }

  /** Ends it as kill -9 does; it is dead when this returns. */
  void kill();

  boolean isAlive();

  /** Returns when it is ready. */
  void awaitReady();

  /** Ends it in order. */
  @Override
  void close();
}
