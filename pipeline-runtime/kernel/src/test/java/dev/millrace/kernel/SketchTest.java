package dev.millrace.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SketchTest {
  /** Published test vectors of XXH64. */
  @Test
  void hashesLikeThePublishedXxh64() {
    assertThat(hash("")).isEqualTo(0xef46db3751d8e999L);
    assertThat(hash("a")).isEqualTo(0xd24ec4f1a98c6e5bL);
    assertThat(hash("abc")).isEqualTo(0x44bc2cf5ad770999L);
    assertThat(hash("Nobody inspects the spammish repetition")).isEqualTo(0xfbcea83c8a378bf1L);
  }

  @Test
  void hashesALongLikeItsEightBytes() {
    var bytes = new byte[] {1, 2, 3, 4, 5, 6, 7, 8};
    assertThat(Hash64.of(0x0807060504030201L)).isEqualTo(Hash64.of(bytes, 0, 8, 0));
  }

  @ParameterizedTest
  @ValueSource(ints = {257, 1_000, 10_000, 20_000, 100_000, 1_000_000})
  void estimatesWithinFourStandardErrors(int distinct) {
    long seed = 20_261_124L + distinct;
    System.out.println("seed " + seed);
    var random = new SplittableRandom(seed);
    var registers = new byte[HyperLogLog.REGISTERS];
    for (int i = 0; i < distinct; i++) {
      HyperLogLog.add(registers, Hash64.of(random.nextLong()));
    }
    double error = HyperLogLog.estimate(registers, new int[64]) / (double) distinct - 1;
    assertThat(Math.abs(error)).isLessThan(4 * 1.04 / Math.sqrt(HyperLogLog.REGISTERS));
  }

  @Test
  void switchesToRegistersByTheSetNotByOrder() {
    var forward = new DistinctSet();
    var backward = new DistinctSet();
    for (int i = 0; i < 300; i++) {
      forward.add(Hash64.of(i));
      backward.add(Hash64.of(299 - i));
    }
    assertThat(forward.isExact()).isFalse();
    assertThat(forward.registers()).isEqualTo(backward.registers());
  }

  private static long hash(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Hash64.of(bytes, 0, bytes.length, 0);
  }
}
