package dev.millrace.operator.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.ResourceKind;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;

class NamesTest {
  private static final String LONGEST_NAME = "a".repeat(37);

  @Example
  void fitsWhatNeighboursAllow() {
    assertThat(Names.flinkDeployment(LONGEST_NAME, 99999)).hasSizeLessThanOrEqualTo(45);
    assertThat(Names.cronJob(LONGEST_NAME)).hasSizeLessThanOrEqualTo(52);
    assertThat(Names.redis(LONGEST_NAME)).hasSizeLessThanOrEqualTo(52);
    assertThat(Names.definition(LONGEST_NAME, "{}")).hasSizeLessThanOrEqualTo(63);
    for (ResourceKind kind : ResourceKind.values()) {
      // Jobs add a dash and five characters to a pod's name.
      assertThat(Names.cleanUp(kind, LONGEST_NAME)).hasSizeLessThanOrEqualTo(63 - 6);
    }
  }

  @Example
  void cleanUpsOfAPipelineAndALabelWindowOfOneNameStayApart() {
    assertThat(Names.cleanUp(ResourceKind.FEATURE_PIPELINE, "card"))
        .isNotEqualTo(Names.cleanUp(ResourceKind.LABEL_WINDOW, "card"));
  }

  @Property
  void everyTopicHasAValidNameOfItsOwn(
      @ForAll
          @StringLength(min = 1, max = 249)
          @CharRange(from = 'a', to = 'z')
          @CharRange(from = 'A', to = 'Z')
          @CharRange(from = '0', to = '9')
          @Chars({'.', '_', '-'})
          String topic) {
    String name = Names.kafkaTopic(topic);

    assertThat(name).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?").hasSizeLessThanOrEqualTo(253);
    assertThat(Names.kafkaTopic(topic + "x")).isNotEqualTo(name);
  }

  @Example
  void namesThatDifferByCaseAloneStayApart() {
    assertThat(Names.kafkaTopic("fraud.TX")).isNotEqualTo(Names.kafkaTopic("fraud.tx"));
  }
}
