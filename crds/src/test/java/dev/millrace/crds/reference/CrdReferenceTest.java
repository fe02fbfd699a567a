package dev.millrace.crds.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.crds.admission.CustomResourceKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code -Dreference.regenerate} writes the pages anew; without it a difference fails the build.
 */
class CrdReferenceTest {
  @ParameterizedTest
  @EnumSource(CustomResourceKind.class)
  void pagesEqualTheCrds(CustomResourceKind kind) throws IOException {
    Path page =
        Path.of(System.getProperty("millrace.root"), "docs", "reference")
            .resolve(kind.kind().toLowerCase(Locale.ROOT) + ".md");
    String generated = CrdReference.of(kind);
    if (System.getProperty("reference.regenerate") != null) {
      Files.writeString(page, generated);
    }
    assertThat(page).content().isEqualTo(generated);
  }
}
