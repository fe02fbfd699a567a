package dev.millrace.kernel;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/**
 * The kernel is JDK only, and has no clock, no logging and no big numbers. Each rule is also held
 * against a class that breaks it: a rule that cannot fail guards nothing.
 */
class KernelRulesTest {
  private static final JavaClasses KERNEL =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.millrace.kernel");

  private static final ArchRule ONLY_JDK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.millrace.kernel..");

  private static final ArchRule NO_CLOCK =
      noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.time..", "java.util.logging..", "java.util.regex..");

  private static final ArchRule NO_BIG_NUMBERS =
      noClasses().should().dependOnClassesThat().resideInAPackage("java.math..");

  @Test
  void dependsOnTheJdkAlone() {
    ONLY_JDK.check(KERNEL);
    assertThat(broken(ONLY_JDK, UsesALibrary.class)).isTrue();
  }

  @Test
  void hasNoClockAndNoLogging() {
    NO_CLOCK.check(KERNEL);
    assertThat(broken(NO_CLOCK, ReadsTheClock.class)).isTrue();
  }

  @Test
  void computesWithoutBigNumbers() {
    NO_BIG_NUMBERS.check(KERNEL);
    assertThat(broken(NO_BIG_NUMBERS, UsesBigNumbers.class)).isTrue();
  }

  @Test
  void looksAtTheWholeKernel() {
    assertThat(KERNEL).hasSizeGreaterThan(30);
    assertThat(KERNEL.contain(KeyState.class)).isTrue();
  }

  private static boolean broken(ArchRule rule, Class<?> offender) {
    return rule.evaluate(new ClassFileImporter().importClasses(offender)).hasViolation();
  }

  private static final class UsesALibrary {
    ArchRule library() {
      return ONLY_JDK;
    }
  }

  private static final class ReadsTheClock {
    long now() {
      return System.nanoTime();
    }
  }

  private static final class UsesBigNumbers {
    BigInteger big() {
      return BigInteger.ONE;
    }
  }
}
