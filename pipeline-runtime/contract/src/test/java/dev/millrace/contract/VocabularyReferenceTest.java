package dev.millrace.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dreference.regenerate} writes the page anew; without it a difference fails the build. */
class VocabularyReferenceTest {
  @Test
  void pageEqualsTheEnums() throws IOException {
    Path page = Path.of(System.getProperty("millrace.root"), "docs", "reference", "vocabulary.md");
    String generated = page();
    if (System.getProperty("reference.regenerate") != null) {
      Files.writeString(page, generated);
    }
    assertThat(page).content().isEqualTo(generated);
  }

  private static String page() {
    var page = new StringBuilder("# Vocabulary\n\nGenerated from the enums of the contract.\n");
    page.append("Reasons of conditions and Events have [a page of their own](reasons.md).\n");
    page.append("\n## Verdicts\n\nWhat becomes of a record, judged in this order.\n\n");
    for (Verdict verdict : Verdict.values()) {
      page.append("- `" + verdict.text() + "`\n");
    }
    page.append("\n## Aggregations\n\n");
    for (Aggregation aggregation : Aggregation.values()) {
      page.append("- `" + aggregation.text() + "`\n");
    }
    page.append("\n## Field types\n\n");
    for (FieldType type : FieldType.values()) {
      page.append("- `" + type.text() + "`\n");
    }
    return page.toString();
  }
}
