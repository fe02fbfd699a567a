package dev.millrace.flink;

import dev.millrace.contract.Definition;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.contract.Reason;
import dev.millrace.contract.VersionsFile;
import dev.millrace.contract.VersionsFile.Version;
import dev.millrace.flink.log.KafkaErrors;
import dev.millrace.flink.log.ReplayStart;
import dev.millrace.flink.log.TopicCheck;
import dev.millrace.flink.offline.Handover;
import dev.millrace.flink.offline.OfflineFolder;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is checked and decided before the job starts: topics, and whether this version may write
 * into the pipeline's folder (semantics.md §4, reliability.md §4.3). A version's entry in {@code
 * versions.json} is written here, once. What waiting may heal is checked by the operators instead:
 * a job that refuses here is over.
 */
final class Preflight {
  private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

  private Preflight() {}

  /**
   * Checks everything and registers the version.
   *
   * @throws MillraceFailure with the reason of the first thing that forbids a start
   */
  static JobStart run(PipelineDocument document) {
    var folder = new OfflineFolder(document.wiring().location());
    TreeMap<Integer, Version> versions = new TreeMap<>(folder.versions().versions());
    refuseForeignFolder(document, versions);
    Version mine = versions.get(document.version());
    String topicId = topicId(document, mine);
    if (mine == null) {
      mine = register(document, topicId, olderOf(versions, document.version()));
      versions.put(document.version(), mine);
      var file = new VersionsFile(versions);
      folder.replaceVersions(Handover.withoutAbandoned(file, document.version()));
    } else {
      refuseTaken(document, topicId, mine, versions.lastKey());
    }
    return new JobStart(mine.firstOffsets());
  }

  /**
   * Kafka's id of the topic. A version that is registered starts without an answer: the job itself
   * waits for Kafka, restart by restart, while a start that fails for good would leave its
   * checkpoint behind.
   */
  private static String topicId(PipelineDocument document, Version mine) {
    try {
      return TopicCheck.topicId(document.wiring());
    } catch (MillraceFailure e) {
      if (mine == null || e.reason() != Reason.SOURCE_UNREACHABLE) {
        throw e;
      }
      LOG.warn("version {} starts without an answer from Kafka", document.version(), e);
      return mine.topicId();
    }
  }

  private static void refuseForeignFolder(
      PipelineDocument document, TreeMap<Integer, Version> versions) {
    if (versions.isEmpty()) {
      return;
    }
    int highest = versions.lastKey();
    if (!versions.containsKey(document.version()) && document.version() < highest) {
      throw taken(document, "an older resource or version got as far as " + highest, highest);
    }
  }

  private static void refuseTaken(
      PipelineDocument document, String topicId, Version mine, int highest) {
    if (!mine.definitionHash().equals(document.definitionHash())) {
      throw taken(document, "it has definition " + cut(mine.definitionHash()), highest);
    }
    if (!mine.resourceUid().equals(document.resourceUid())) {
      throw taken(document, "another resource of this name wrote it", highest);
    }
    if (!mine.topicId().equals(topicId)) {
      throw taken(
          document,
          "topic " + document.wiring().topic() + " was deleted and created again since",
          highest);
    }
  }

  private static MillraceFailure taken(PipelineDocument document, String why, int highest) {
    return new MillraceFailure(
        Reason.VERSION_TAKEN,
        "version "
            + document.version()
            + " is taken in "
            + document.wiring().location()
            + ": "
            + why
            + "; set spec.version: "
            + (highest + 1));
  }

  private static String cut(String hash) {
    return hash.length() > 12 ? hash.substring(0, 12) + "…" : hash;
  }

  private static Version register(PipelineDocument document, String topicId, Version older) {
    var wiring = document.wiring();
    try (var replay = new ReplayStart(wiring.kafka(), wiring.topic())) {
      Definition definition = document.definition();
      boolean besideOlder = older != null && older.topicId().equals(topicId);
      long span = definition.deduplicationHorizonMillis() + definition.allowedLatenessMillis();
      Map<Integer, Long> first = besideOlder ? replay.offsetsAfter(span) : replay.firstOffsets();
      return new Version(document.definitionHash(), document.resourceUid(), topicId, first, null);
    } catch (KafkaException e) {
      throw KafkaErrors.unreachable(wiring.kafka(), e);
    }
  }

  private static Version olderOf(TreeMap<Integer, Version> versions, int version) {
    var entry = versions.lowerEntry(version);
    return entry == null ? null : entry.getValue();
  }
}
