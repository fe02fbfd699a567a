package dev.millrace.local.report;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/** A real headless Chromium that draws one file, without a network. */
record Browser(Path program) {
  private static final long SECONDS = 120;

  /** The browser of this machine, if it has one. */
  static Optional<Browser> find() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .flatMap(
            folder ->
                Stream.of("chromium", "chromium-browser", "google-chrome")
                    .map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Browser::new);
  }

  /** A picture of the page, so many pixels wide and high. */
  BufferedImage draw(Path page, int width, int height, Path folder)
      throws IOException, InterruptedException {
    Path picture = folder.resolve("page.png");
    run(page, folder, List.of("--screenshot=" + picture, "--window-size=" + width + "," + height));
    return ImageIO.read(picture.toFile());
  }

  /** The page's document as the browser understood it. */
  String document(Path page, Path folder) throws IOException, InterruptedException {
    return run(page, folder, List.of("--dump-dom"));
  }

  private String run(Path page, Path folder, List<String> options)
      throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--hide-scrollbars",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + Files.createTempDirectory(folder, "profile")));
    command.addAll(options);
    command.add(page.toUri().toString());
    Path out = folder.resolve("browser.out");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(folder.resolve("browser.err").toFile())
            .start();
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException(
            "the browser failed: " + Files.readString(folder.resolve("browser.err")));
      }
      return Files.readString(out);
    } finally {
      process.destroyForcibly();
    }
  }
}
