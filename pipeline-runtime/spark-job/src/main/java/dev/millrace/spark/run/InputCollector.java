package dev.millrace.spark.run;

import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.ExtractWiring;
import dev.millrace.contract.JoinedPipeline;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.QualityRules;
import dev.millrace.contract.Reason;
import dev.millrace.contract.Surrogate;
import dev.millrace.spark.archive.ArchiveInput;
import dev.millrace.spark.archive.ArchiveListing;
import dev.millrace.spark.label.FeedInput;
import dev.millrace.spark.label.LabelOffsets;
import dev.millrace.spark.label.LabelReader;
import dev.millrace.spark.label.LabelTopic;
import dev.millrace.spark.label.LabelTopicState;
import dev.millrace.spark.publish.Manifest;
import dev.millrace.spark.publish.ManifestStore;
import dev.millrace.spark.storage.CanonicalJson;
import dev.millrace.spark.storage.OfflineStorage;
import dev.millrace.spark.storage.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;

/** Decides what a run reads, or takes up what an attempt before decided. */
public final class InputCollector {
  private static final int CODEC = RunInputs.CODEC;
  private static final QualityRules NO_RULES = new QualityRules(0, 0, 0, 0, 0, "", 0);
  private static final long BYTES_PER_PARTITION = 32L << 20;
  private static final int MIN_PARTITIONS = 4;
  private static final int MAX_PARTITIONS = 2000;

  private final ExtractDocument document;
  private final OfflineStorage storage;
  private final ManifestStore manifests;
  private final Configuration hadoop;

  public InputCollector(
      ExtractDocument document,
      OfflineStorage storage,
      ManifestStore manifests,
      Configuration hadoop) {
    this.document = document;
    this.storage = storage;
    this.manifests = manifests;
    this.hadoop = hadoop;
  }

  /** Inputs of the run, on disk when this returns. */
  public RunInputs collect(Instant asOf) {
    String run = RunName.of(asOf);
    var known = storage.read(RunInputs.path(run));
    if (known.isPresent()) {
      var inputs = CanonicalJson.read(RunInputs.path(run), known.get(), RunInputs.class);
      requireSameDocument(inputs, run);
      requireNotOvertaken(inputs, run);
      return inputs;
    }
    var inputs = look(asOf);
    storage.replace(RunInputs.path(run), CanonicalJson.pretty(inputs));
    return inputs;
  }

  /** What a run would read that begins now; nothing is written. */
  public RunInputs look(Instant asOf) {
    String run = RunName.of(asOf);
    // Archives first: an anchor in a listed file is never newer than the labels read with it.
    var archives = archives();
    List<String> earlier = manifests.published().stream().filter(r -> !r.equals(run)).toList();
    FeedInput label = feed(document, Manifest::labels, earlier);
    var surrogates = new TreeMap<String, FeedInput>();
    for (Surrogate surrogate : document.surrogates()) {
      String name = surrogate.name();
      surrogates.put(
          name,
          feed(
              document.ofSurrogate(surrogate),
              manifest -> manifest.surrogates().get(name),
              earlier));
    }
    long bytes = archives.values().stream().mapToLong(ArchiveInput::bytes).sum();
    return new RunInputs(
        CODEC,
        asOf.toString(),
        documentHash(document),
        label.topic(),
        label.topicId(),
        label.offsets(),
        surrogates,
        earlier,
        archives,
        partitions(bytes));
  }

  /** Number of shuffle partitions for archives of a size. */
  public static int partitions(long archiveBytes) {
    return (int)
        Math.min(MAX_PARTITIONS, Math.max(MIN_PARTITIONS, archiveBytes / BYTES_PER_PARTITION + 1));
  }

  private Map<String, ArchiveInput> archives() {
    var archives = new TreeMap<String, ArchiveInput>();
    archives.put(document.anchor().pipeline(), list(document.anchor()));
    for (JoinedPipeline pipeline : document.pipelines()) {
      if (!archives.containsKey(pipeline.pipeline())) {
        archives.put(pipeline.pipeline(), list(pipeline));
      }
    }
    return archives;
  }

  private ArchiveInput list(JoinedPipeline pipeline) {
    return ArchiveListing.list(pipeline, new OfflineStorage(pipeline.location(), hadoop));
  }

  /**
   * From where the newest published run stopped to the end; the first run begins at the earliest.
   */
  private FeedInput feed(
      ExtractDocument of, Function<Manifest, Manifest.Labels> before, List<String> earlier) {
    LabelTopicState topic = LabelTopic.look(of.wiring());
    String name = of.wiring().labelTopic();
    var read = new TreeMap<Integer, Long>();
    for (String run : earlier) {
      Manifest.Labels labels = before.apply(manifests.read(run));
      if (labels == null) {
        continue; // a surrogate that is younger than the run
      }
      if (!labels.topicId().equals(topic.topicId())) {
        throw new MillraceFailure(
            Reason.TOPIC_REPLACED,
            "label topic "
                + name
                + " is another one than run "
                + run
                + " read; its offsets mean nothing here");
      }
      labels.offsets().forEach((p, range) -> read.merge(p, range.end(), Math::max));
    }
    var offsets = new TreeMap<Integer, LabelOffsets>();
    topic
        .retained()
        .forEach(
            (partition, retained) -> {
              long start = read.getOrDefault(partition, retained.start());
              offsets.put(partition, new LabelOffsets(start, Math.max(start, retained.end())));
            });
    LabelReader.requireRetained(name, offsets, topic);
    return new FeedInput(name, topic.topicId(), offsets);
  }

  private void requireSameDocument(RunInputs inputs, String run) {
    if (!inputs.documentHash().equals(documentHash(document))) {
      throw new MillraceFailure(
          Reason.RUN_FAILED,
          "run "
              + run
              + " began with another definition of this LabelWindow; its rows would differ from what"
              + " it began to write. Run with a new asOf");
    }
  }

  private void requireNotOvertaken(RunInputs inputs, String run) {
    for (String other : manifests.published()) {
      if (!other.equals(run)
          && !inputs.earlierRuns().contains(other)
          && !manifests.isPublished(run)) {
        throw new MillraceFailure(
            Reason.RUN_FAILED,
            "run "
                + run
                + " was overtaken: "
                + other
                + " was published after it began and holds its rows. Nothing is left to do");
      }
    }
  }

  /**
   * Hash of what an extract computes; where it reads and writes does not count, nor what its rows
   * must be like to be published: a run that the gate refused may be tried again with other limits.
   */
  static String documentHash(ExtractDocument document) {
    var nowhere = new ExtractWiring("", "", "", "");
    var pipelines = document.pipelines().stream().map(InputCollector::withoutLocation).toList();
    var bare =
        new ExtractDocument(
            document.codec(),
            document.namespace(),
            document.labelWindow(),
            document.resourceUid(),
            document.anchorPipeline(),
            withoutLocation(document.anchor()),
            document.anchorWhere(),
            pipelines,
            document.label(),
            document.surrogates(),
            document.servingDelayMillis(),
            document.historyFromMillis(),
            NO_RULES,
            nowhere);
    return Sha256.of(CanonicalJson.line(bare));
  }

  private static JoinedPipeline withoutLocation(JoinedPipeline pipeline) {
    return new JoinedPipeline(
        pipeline.pipeline(),
        pipeline.version(),
        pipeline.definitionHash(),
        pipeline.definition(),
        "",
        pipeline.entities(),
        pipeline.keys(),
        pipeline.include());
  }
}
