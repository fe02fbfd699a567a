package dev.millrace.operator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The pure packages stay pure: no client, no clock, no environment, one direction. */
class ArchitectureTest {
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.millrace.operator");

  private static final Set<String> WORLD =
      Set.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.Math.random",
          "java.util.UUID.randomUUID");

  /** What talks to the world; everything else only thinks. */
  private static final String[] WORLDLY = {"..controller..", "..telemetry.."};

  private static final ArchRule PURE_CALLS =
      noClasses()
          .that()
          .resideOutsideOfPackages(WORLDLY)
          .should()
          .callMethodWhere(describe("reads the world", ArchitectureTest::isImpure));

  @Test
  void noClientAndNoOperatorFramework() {
    noClasses()
        .that()
        .resideOutsideOfPackages(WORLDLY)
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("io.javaoperatorsdk..", "java.net.http..", "java.util.concurrent..")
        .check(MAIN);
  }

  @Test
  void noClockNoEnvironmentNoChance() {
    PURE_CALLS.check(MAIN);
  }

  @Test
  void theRuleSeesAClockWhereThereIsOne() {
    JavaClasses impure = new ClassFileImporter().importClasses(Impure.class);

    assertThat(PURE_CALLS.evaluate(impure).getFailureReport().getDetails()).hasSize(2);
  }

  @Test
  void planDoesNotKnowWhatIsDesired() {
    noClasses()
        .that()
        .resideInAPackage("..plan..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..desired..")
        .check(MAIN);
  }

  @Test
  void whatThinksDoesNotKnowWhatTalks() {
    noClasses()
        .that()
        .resideOutsideOfPackages(WORLDLY)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(WORLDLY)
        .check(MAIN);
  }

  @Test
  void observationKnowsNeitherWhatIsDesiredNorWhatIsSaidAboutIt() {
    noClasses()
        .that()
        .resideInAnyPackage("..observe..", "..status..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..desired..")
        .check(MAIN);
    noClasses()
        .that()
        .resideInAnyPackage("..config..", "..plan..", "..desired..", "..observe..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("..status..")
        .check(MAIN);
  }

  @Test
  void configurationKnowsNeither() {
    noClasses()
        .that()
        .resideInAPackage("..config..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("..plan..", "..desired..")
        .check(MAIN);
  }

  @Test
  void beansStopAtThePlanner() {
    noClasses()
        .that()
        .resideInAPackage("..desired..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.millrace.v1alpha1..")
        .check(MAIN);
  }

  private static boolean isImpure(JavaCall<?> call) {
    String owner = call.getTargetOwner().getFullName();
    String method = call.getTarget().getName();
    boolean readsNow =
        method.equals("now") && owner.startsWith("java.time.")
            || owner.equals("java.time.Clock")
            || owner.equals("java.util.Random");
    return readsNow || WORLD.contains(owner + "." + method);
  }

  /** What the rule must find. */
  static final class Impure {
    private Impure() {}

    static String world() {
      return java.time.Instant.now() + String.valueOf(System.getenv("HOME"));
    }
  }
}
