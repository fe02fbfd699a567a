package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ReasonTest {
  @Test
  void everyReasonIsAWordThatKubernetesAcceptsAndSaysWhatToDo() {
    for (Reason reason : Reason.values()) {
      assertThat(reason.text()).matches("[A-Za-z][A-Za-z0-9]{0,127}");
      assertThat(reason.nextStep()).as(reason.text()).isNotBlank();
      assertThat(reason.remedy()).as(reason.text()).isNotNull();
    }
  }

  @Test
  void theConstantIsNamedAsTheWord() {
    assertThat(Arrays.stream(Reason.values()).map(Reason::text))
        .containsExactlyElementsOf(Arrays.stream(Reason.values()).map(ReasonTest::word).toList());
  }

  /** What waiting cannot cure stalls, and an outage never does (reliability.md §4.4). */
  @Test
  void stalledIsOnlyWhatTheUserMustFix() {
    assertThat(Arrays.stream(Reason.values()).filter(it -> it.remedy() == Reason.Remedy.USER))
        .contains(
            Reason.INVALID,
            Reason.APPROVAL_REQUIRED,
            Reason.OFFSETS_LOST,
            Reason.UNSAFE_EVICTION,
            Reason.FORBIDDEN)
        .doesNotContain(Reason.GATE_REFUSED, Reason.RUN_FAILED, Reason.SECRET_NOT_FOUND);
    assertThat(Arrays.stream(Reason.values()).filter(it -> it.remedy() == Reason.Remedy.OUTAGE))
        .contains(
            Reason.API_UNAVAILABLE,
            Reason.SOURCE_UNREACHABLE,
            Reason.ONLINE_STORE_UNREACHABLE,
            Reason.STORAGE_FAILED,
            Reason.JOB_UNREACHABLE);
  }

  private static String word(Reason reason) {
    var word = new StringBuilder();
    for (String part : reason.name().split("_")) {
      word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
    }
    return word.toString();
  }
}
