package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure's way through a stack trace, and what hostile text can do on it. */
class KnownFailureTest {
  @ParameterizedTest
  @EnumSource(Reason.class)
  void findsEveryReasonAlongTheCauses(Reason reason) {
    var failure = new MillraceFailure(reason, "topic a.b starts at 5", new RuntimeException("no"));
    var outer = new RuntimeException("Job execution failed", new IllegalStateException(failure));
    var trace = new StringWriter();
    outer.printStackTrace(new PrintWriter(trace));

    assertThat(KnownFailure.find(trace.toString()))
        .contains(new KnownFailure(reason, "topic a.b starts at 5"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "MR/",
        "MR/OffsetsLost",
        "MR/OffsetsLost:",
        "MR/offsetsLost: x",
        "MR/OFFSETS_LOST: x",
        "MR/Invented: x",
        "XMR/OffsetsLost: x",
        "MR /OffsetsLost: x",
        "MR/Offsets\nLost: x",
      })
  void knowsOnlyReasonsOfTheEnum(String text) {
    assertThat(KnownFailure.find(text)).isEmpty();
  }

  @Test
  void passesOverUnknownReasons() {
    assertThat(KnownFailure.find("MR/Invented: a\nMR/MR/NotRestored: b\nMR/OffsetsLost: c"))
        .contains(new KnownFailure(Reason.NOT_RESTORED, "b"));
    assertThat(KnownFailure.find(null)).isEmpty();
  }

  @Test
  void takesOneCutLineOfPrintableText() {
    assertThat(find("MR/RunFailed: a\u0000b\u001b[31mc\u202ed\ttail\u2028e\nMore"))
        .isEqualTo("a?b?[31mc?d?tail?e");
    assertThat(find("MR/RunFailed: " + "x".repeat(10_000)))
        .hasSize(KnownFailure.TEXT_LIMIT)
        .containsOnlyOnce("x".repeat(KnownFailure.TEXT_LIMIT));
    assertThat(find("MR/RunFailed: ")).isEmpty();
  }

  @Test
  void looksAtABoundedPart() {
    String far = "x".repeat(KnownFailure.SEARCH_LIMIT) + " MR/OffsetsLost: y";
    assertThat(KnownFailure.find(far)).isEmpty();
    assertThat(KnownFailure.find("MR/".repeat(300_000) + "OffsetsLost: y")).isPresent();
  }

  @Property(tries = 500)
  void neverThrows(@ForAll String before, @ForAll String after) {
    KnownFailure.find(before + "MR/" + after);
    assertThat(KnownFailure.find(before + " MR/OffsetsLost: " + after)).isPresent();
  }

  private static String find(String text) {
    return KnownFailure.find(text).orElseThrow().text();
  }
}
