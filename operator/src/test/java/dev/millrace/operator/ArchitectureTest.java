package dev.millrace.operator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** The pure packages stay pure: no client, no clock, no environment, one direction. */
@AnalyzeClasses(
    packages = "dev.millrace.operator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final Set<String> CLOCKS =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID");

  @ArchTest
  static final ArchRule noClientAndNoOperatorFramework =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient")
          .orShould()
          .dependOnClassesThat()
          .resideInAnyPackage("io.javaoperatorsdk..", "java.net.http..", "java.util.concurrent..");

  @ArchTest
  static final ArchRule noClockNoEnvironmentNoChance =
      noClasses().should().callMethodWhere(describe("reads the world", ArchitectureTest::isImpure));

  @ArchTest
  static final ArchRule planDoesNotKnowWhatIsDesired =
      noClasses()
          .that()
          .resideInAPackage("..plan..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..desired..");

  @ArchTest
  static final ArchRule configurationKnowsNeither =
      noClasses()
          .that()
          .resideInAPackage("..config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..plan..", "..desired..");

  @ArchTest
  static final ArchRule beansStopAtThePlanner =
      noClasses()
          .that()
          .resideInAPackage("..desired..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.millrace.v1alpha1..");

  private static boolean isImpure(JavaCall<?> call) {
    String owner = call.getTargetOwner().getFullName();
    String method = call.getTarget().getName();
    boolean readsNow =
        method.equals("now") && owner.startsWith("java.time.")
            || owner.equals("java.time.Clock")
            || owner.equals("java.util.Random");
    return readsNow || CLOCKS.contains(owner + "." + method);
  }
}
