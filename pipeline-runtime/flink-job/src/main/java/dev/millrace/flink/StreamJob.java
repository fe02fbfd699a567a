package dev.millrace.flink;

import dev.millrace.binding.EntityProgram;
import dev.millrace.contract.Definition;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.Entity;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.contract.StreamWiring;
import dev.millrace.flink.entity.Judges;
import dev.millrace.flink.entity.KeyedEntityOperator;
import dev.millrace.flink.log.EventLog;
import dev.millrace.flink.log.RefusedTopicSink;
import dev.millrace.flink.log.StampOperator;
import dev.millrace.flink.offline.ParquetFiles;
import dev.millrace.flink.online.ClockOperator;
import dev.millrace.flink.online.RedisWriterOperator;
import dev.millrace.flink.progress.ProgressOperator;
import dev.millrace.flink.type.CheckpointReport;
import dev.millrace.flink.type.KeyedEvent;
import dev.millrace.flink.type.KeyedRow;
import dev.millrace.flink.type.RefusedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;

/**
 * The job of one version of a pipeline: the graph of architecture.md §2 and nothing else.
 *
 * <p>Source and stamp run at parallelism 1 (see {@link StampOperator}), the entities and their
 * writers at the wiring's parallelism.
 */
public final class StreamJob {
  private final PipelineDocument document;
  private final Definition definition;
  private final StreamWiring wiring;
  private final String json;
  private final JobStart start;
  private final JobTags tags;
  private final List<DataStream<CheckpointReport>> reports = new ArrayList<>();
  private final List<DataStream<CheckpointReport>> acknowledgements = new ArrayList<>();

  private StreamJob(PipelineDocument document, JobStart start) {
    this.document = document;
    this.start = start;
    definition = document.definition();
    wiring = document.wiring();
    json = DocumentCodec.write(document);
    tags = new JobTags(definition);
  }

  /**
   * Runs the job until it is stopped.
   *
   * @param args path of the pipeline document
   * @throws MillraceFailure when the document, a topic, the store or the folder forbid a start
   */
  public static void main(String[] args) throws Exception {
    PipelineDocument document = read(Path.of(args[0]));
    var env = StreamExecutionEnvironment.getExecutionEnvironment();
    build(env, document);
    env.execute(name(document));
  }

  /** Checks what {@link Preflight} checks and adds the job's graph to the environment. */
  public static void build(StreamExecutionEnvironment env, PipelineDocument document) {
    JobStart start = Preflight.run(document);
    StreamSettings.apply(env, document.wiring());
    new StreamJob(document, start).build(env);
  }

  static String name(PipelineDocument document) {
    return document.namespace() + "/" + document.pipeline() + " v" + document.version();
  }

  private static PipelineDocument read(Path path) throws IOException {
    return DocumentCodec.readPipeline(Files.readString(path));
  }

  private void build(StreamExecutionEnvironment env) {
    SingleOutputStreamOperator<CheckpointReport> stamp = stamp(env);
    reports.add(stamp);
    refused(stamp, tags.late(), "late", wiring.lateTopic());
    refused(stamp, tags.dead(), "dead", wiring.deadTopic());
    var judged = new ArrayList<SingleOutputStreamOperator<KeyedRow>>();
    for (int entity = 0; entity < definition.entities().size(); entity++) {
      judged.add(entity(entity, events(entity, stamp, judged)));
    }
    finish();
  }

  private SingleOutputStreamOperator<CheckpointReport> stamp(StreamExecutionEnvironment env) {
    return env.fromSource(EventLog.source(document), WatermarkStrategy.noWatermarks(), "source")
        .uid("source")
        .setParallelism(1)
        .transform("stamp", CheckpointReport.TYPE, new StampOperator(json, tags))
        .uid("stamp")
        .setParallelism(1)
        .setMaxParallelism(1);
  }

  private void refused(
      SingleOutputStreamOperator<CheckpointReport> stamp,
      OutputTag<RefusedRecord> tag,
      String name,
      String topic) {
    stamp
        .getSideOutput(tag)
        .sinkTo(new RefusedTopicSink(wiring.kafka(), topic))
        .name(name)
        .uid(name)
        .setParallelism(1);
  }

  /** What an entity reads: events it judges, and events that entities before it accepted. */
  private DataStream<KeyedEvent> events(
      int entity,
      SingleOutputStreamOperator<CheckpointReport> stamp,
      List<SingleOutputStreamOperator<KeyedRow>> before) {
    DataStream<KeyedEvent> events = stamp.getSideOutput(tags.events(entity));
    for (int judge = 0; judge < before.size(); judge++) {
      if (Judges.isJudge(definition, judge)) {
        events = events.union(before.get(judge).getSideOutput(tags.events(entity)));
      }
    }
    return events;
  }

  private SingleOutputStreamOperator<KeyedRow> entity(int index, DataStream<KeyedEvent> events) {
    Entity entity = definition.entities().get(index);
    String name = entity.name();
    var columns = EntityProgram.compile(definition, name, false).columns();
    SingleOutputStreamOperator<KeyedRow> rows =
        events
            .keyBy(keyed -> keyed.key, Types.STRING)
            .transform(
                "entity-" + name,
                KeyedRow.type(columns),
                new KeyedEntityOperator(json, index, start, tags, cacheBytes()))
            .uid("entity-" + name)
            .setParallelism(wiring.parallelism());
    reports.add(rows.getSideOutput(tags.reports()));
    if (Judges.isJudge(definition, index)) {
      archive(rows, name);
    }
    featureLog(rows, name);
    DataStream<CheckpointReport> redis = redis(rows, index, name);
    reports.add(redis);
    acknowledgements.add(redis);
    return rows;
  }

  private void archive(SingleOutputStreamOperator<KeyedRow> rows, String name) {
    rows.getSideOutput(tags.archive())
        .sinkTo(ParquetFiles.events(document))
        .name("archive-" + name)
        .uid("archive-" + name)
        .setParallelism(wiring.parallelism());
  }

  private void featureLog(DataStream<KeyedRow> rows, String name) {
    rows.sinkTo(ParquetFiles.rows(document, name))
        .name("features-" + name)
        .uid("features-" + name)
        .setParallelism(wiring.parallelism())
        .disableChaining();
  }

  private DataStream<CheckpointReport> redis(DataStream<KeyedRow> rows, int index, String name) {
    return rows.transform(
            "redis-" + name,
            CheckpointReport.TYPE,
            new RedisWriterOperator(json, index, REDIS_PATIENCE_MILLIS))
        .uid("redis-" + name)
        .setParallelism(wiring.parallelism());
  }

  private void finish() {
    union(acknowledgements)
        .transform("clock", CheckpointReport.TYPE, new ClockOperator(json, REDIS_PATIENCE_MILLIS))
        .uid("clock")
        .setParallelism(1)
        .setMaxParallelism(1)
        // In a writer's chain, as at parallelism 1, its state would be dealt out with the writer's.
        .disableChaining();
    union(reports)
        .transform(
            "progress",
            CheckpointReport.TYPE,
            new ProgressOperator(wiring.location(), document.version()))
        .uid("progress")
        .setParallelism(1)
        .setMaxParallelism(1);
  }

  private static DataStream<CheckpointReport> union(List<DataStream<CheckpointReport>> streams) {
    DataStream<CheckpointReport> all = streams.get(0);
    for (DataStream<CheckpointReport> stream : streams.subList(1, streams.size())) {
      all = all.union(stream);
    }
    return all;
  }

  /** How long Redis may refuse writes before the job restarts from its last checkpoint. */
  private static final long REDIS_PATIENCE_MILLIS = 60_000;

  /** A quarter of the heap of a task manager that runs all subtasks, dealt out to them. */
  private long cacheBytes() {
    int subtasks = definition.entities().size() * wiring.parallelism();
    return Math.max(8L << 20, Runtime.getRuntime().maxMemory() / 4 / subtasks);
  }
}
