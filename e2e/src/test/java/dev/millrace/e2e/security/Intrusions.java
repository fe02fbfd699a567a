package dev.millrace.e2e.security;

import dev.millrace.e2e.cluster.QuickCluster;
import dev.millrace.e2e.cluster.SideBySide;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;

/** Attempts at the same time, each from a namespace of its own, and last looks once all ended. */
final class Intrusions implements AutoCloseable {
  private static final int AT_ONCE = 12;

  private final QuickCluster cluster;
  private final SideBySide attempts = new SideBySide(AT_ONCE);
  private final List<DynamicTest> tests = new ArrayList<>();
  private final List<Intruder> intruders = new ArrayList<>();

  Intrusions(QuickCluster cluster) {
    this.cluster = cluster;
  }

  /** An attempt; throws if it succeeds. */
  interface Attempt {
    void by(Intruder intruder);
  }

  void add(String name, Attempt attempt) {
    var intruder = new Intruder(cluster);
    intruders.add(intruder);
    tests.add(attempts.test(name, () -> attempt.by(intruder)));
  }

  /** A look after the ends of all attempts. */
  void addLast(String name, Runnable look) {
    tests.add(
        DynamicTest.dynamicTest(
            name,
            () -> {
              attempts.awaitAll();
              look.run();
            }));
  }

  List<DynamicTest> tests() {
    return tests;
  }

  List<String> namespaces() {
    return intruders.stream().map(Intruder::namespace).toList();
  }

  @Override
  public void close() {
    attempts.close();
  }
}
