package dev.millrace.local.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.binding.FeatureRow;
import dev.millrace.binding.UndecodableReason;
import dev.millrace.contract.Entity;
import dev.millrace.contract.Verdict;
import dev.millrace.local.preview.Preview;
import dev.millrace.local.stack.PlannedPipeline;
import dev.millrace.local.stack.Planning;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every example can be run, and its simulated files are what its generator makes. */
class ExamplesTest {
  private static final Path EXAMPLES =
      Path.of(System.getProperty("millrace.root")).resolve("examples");

  @TempDir Path folder;

  static List<String> examples() throws IOException {
    try (Stream<Path> listed = Files.list(EXAMPLES)) {
      return listed.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyEventOfTheRecordingDecodes(String example) throws IOException {
    Planning planning = Planning.offline(EXAMPLES.resolve(example));
    PlannedPipeline pipeline = planning.onlyPipeline(null);
    Recording recording = Recording.read(EXAMPLES.resolve(example));
    Recording.Source events =
        recording.sources().stream()
            .filter(source -> source.topic().equals(pipeline.plan().topic().name()))
            .findFirst()
            .orElseThrow();
    var counts = new Counts();
    var preview = new Preview(pipeline.document().definition(), counts);
    try (var file =
        RecordedFile.open(
            EXAMPLES.resolve(example).resolve(events.file()),
            pipeline.plan().topic().kafkaName(),
            pipeline.document().definition().schema(),
            events.key(),
            events.time())) {
      file.forEachRemaining(event -> preview.accept(event.value(), event.sendMillis()));
    }
    preview.finish();

    assertThat(planning.labelWindows()).hasSize(1);
    assertThat(counts.verdicts).doesNotContainKeys(Verdict.UNDECODABLE, Verdict.FROM_FUTURE);
    assertThat(counts.verdicts.get(Verdict.ACCEPTED)).isGreaterThan(10_000);
    assertThat(counts.rows.get()).isGreaterThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ad-conversions", "card-fraud", "notifications"})
  void theGeneratorMakesTheFilesAgain(String example) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process generator =
        new ProcessBuilder(
                java.toString(),
                EXAMPLES.resolve(example).resolve("Generate.java").toString(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("generator.log").toFile())
            .start();
    assertThat(generator.waitFor()).as(Files.readString(folder.resolve("generator.log"))).isZero();

    for (Recording.Source source : Recording.read(EXAMPLES.resolve(example)).sources()) {
      assertThat(text(folder.resolve(source.file())))
          .as(source.file())
          .isEqualTo(text(EXAMPLES.resolve(example).resolve(source.file())));
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static final class Counts implements Preview.Listener {
    private final Map<Verdict, Long> verdicts = new EnumMap<>(Verdict.class);
    private final AtomicLong rows = new AtomicLong();

    @Override
    public void verdict(long offset, Verdict verdict, UndecodableReason reason, long visibleFrom) {
      verdicts.merge(verdict, 1L, Long::sum);
    }

    @Override
    public void row(Entity entity, String key, FeatureRow row) {
      rows.incrementAndGet();
    }
  }
}
