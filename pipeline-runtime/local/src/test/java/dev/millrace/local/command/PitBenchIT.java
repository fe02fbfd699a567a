package dev.millrace.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Every contender of {@code bench pit} on little data: all write the same bits, and a plain range
 * join agrees. Times are not measured here.
 */
class PitBenchIT {
  @Test
  void allContendersWriteTheSameRows() {
    var bench = Invocation.of("bench", "pit", "--smoke", "--workload", "irregular");
    assertThat(bench.exitCode()).as(bench.err() + bench.out()).isZero();
    var hashes =
        bench
            .out()
            .lines()
            .filter(line -> line.contains(" rows, hash "))
            .map(line -> line.substring(line.indexOf("hash ")))
            .toList();
    assertThat(hashes).hasSize(5);
    assertThat(hashes).containsOnly(hashes.get(0));
    assertThat(hashes.get(0))
        .matches("hash [0-9a-f]{16}-\\d+, 1,005 of 1,005 recomputed rows equal");
    assertThat(bench.out()).doesNotContain("CPU");
  }
}
