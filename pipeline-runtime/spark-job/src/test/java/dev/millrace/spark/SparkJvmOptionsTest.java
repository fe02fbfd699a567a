package dev.millrace.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import org.apache.spark.launcher.JavaModuleOptions;
import org.junit.jupiter.api.Test;

class SparkJvmOptionsTest {
  @Test
  void containsEveryModuleThatSparkOpens() {
    assertThat(SparkJvmOptions.list())
        .containsAll(
            Arrays.stream(JavaModuleOptions.defaultModuleOptions().split(" "))
                .filter(option -> option.startsWith("--add-opens"))
                .toList());
  }

  @Test
  void isWhatTestsRunWith() {
    assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
        .containsAll(SparkJvmOptions.list());
  }
}
