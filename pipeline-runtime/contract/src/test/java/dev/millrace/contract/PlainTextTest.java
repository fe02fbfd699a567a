package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlainTextTest {
  @Test
  void keepsTheFirstLine() {
    assertThat(PlainText.line("\n first\nsecond", 100)).isEqualTo("first");
    assertThat(PlainText.line("", 100)).isEmpty();
  }

  @Test
  void cutsBetweenCharactersAndSaysSo() {
    assertThat(PlainText.line("abcdef", 6)).isEqualTo("abcdef");
    assertThat(PlainText.line("abcdefg", 6)).isEqualTo("abcde…");
    assertThat(PlainText.line("abcd😀😀", 6)).isEqualTo("abcd…").doesNotContain("\ud83d");
  }

  @Test
  void hidesWhatControlsOrReordersText() {
    assertThat(PlainText.line("a\u001b[31m\u202eb\ud800c", 100)).isEqualTo("a?[31m?b?c");
  }
}
