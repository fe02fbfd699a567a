package dev.millrace.local.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The pages in a real headless Chromium: charts are drawn, in their colours. Skipped where there is
 * no browser, unless {@code browser.required}.
 */
class ReportPageIT {
  private static final int BLUE = 0x0969da;
  private static final int LIGHT_BLUE = 0x9ec7f5;
  private static final int RED = 0xcf222e;

  @TempDir Path folder;

  private Browser browser;
  private Path location;

  @BeforeEach
  void findBrowser() throws IOException {
    Optional<Browser> found = Browser.find();
    if (Boolean.getBoolean("browser.required")) {
      assertThat(found).as("a Chromium on the PATH; install the package chromium").isPresent();
    }
    assumeTrue(found.isPresent(), "no Chromium on the PATH; install the package chromium");
    browser = found.get();
    location = folder.resolve("returned-30d");
    RecordedRuns.write(location);
  }

  @Test
  void labelsShowBarsLinesAndTheWarning() throws Exception {
    Path page = page(labels());

    BufferedImage picture = browser.draw(page, 900, 1900, folder);

    assertThat(picture.getWidth()).isEqualTo(900);
    // Finalised and pending bars, the warning and the limit's line.
    assertThat(colours(picture)).contains(BLUE, LIGHT_BLUE, RED);
    assertThat(browser.document(page, folder))
        .contains("<svg role=\"img\"", "Label delay", "pending 9");
  }

  @Test
  void driftShowsARefusalAndItsColumns() throws Exception {
    var report = DriftReport.of(RecordedRuns.document(location), RunArchive.read(location), null);
    Path page = page(ReportForm.HTML.of(report));

    assertThat(colours(browser.draw(page, 900, 1600, folder))).contains(BLUE, RED);
    assertThat(browser.document(page, folder)).contains("Refused: 1 column beyond a limit");
  }

  /** A page without charts has no colour: the assertions above can fail. */
  @Test
  void aPageWithoutChartsHasNone() throws Exception {
    Path page =
        page(
            labels().replaceAll("(?s)<svg.*?</svg>|<p class=\"bad\">.*?</p>|class=\"key[^>]*", ""));

    assertThat(colours(browser.draw(page, 900, 1900, folder)))
        .doesNotContain(BLUE, LIGHT_BLUE, RED);
  }

  private String labels() {
    return ReportForm.HTML.of(
        LabelsReport.of(RecordedRuns.document(location), RunArchive.read(location), null));
  }

  private Path page(String html) throws IOException {
    return Files.writeString(folder.resolve("page.html"), html);
  }

  private static Set<Integer> colours(BufferedImage picture) {
    var colours = new TreeSet<Integer>();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        colours.add(picture.getRGB(x, y) & 0xffffff);
      }
    }
    return colours;
  }
}
