package dev.millrace.kernel;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

/** The kernel is JDK only, and has no clock, no randomness and no logging. */
@AnalyzeClasses(
    packages = "dev.millrace.kernel",
    importOptions = ImportOption.DoNotIncludeTests.class)
class KernelRulesTest {
  @ArchTest
  static final ArchRule importsOnlyTheJdk =
      ArchRuleDefinition.classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "dev.millrace.kernel..");

  @ArchTest
  static final ArchRule hasNoClock =
      ArchRuleDefinition.noClasses()
          .should()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("java.time..", "java.util.logging..", "java.util.regex..");

  @ArchTest
  static final ArchRule hasNoBigNumbers =
      ArchRuleDefinition.noClasses().should().dependOnClassesThat().resideInAPackage("java.math..");
}
