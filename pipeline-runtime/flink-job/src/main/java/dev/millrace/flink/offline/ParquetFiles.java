package dev.millrace.flink.offline;

import dev.millrace.binding.EntityProgram;
import dev.millrace.contract.Definition;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.flink.type.KeyedEvent;
import dev.millrace.flink.type.KeyedRow;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.ParquetBuilder;
import org.apache.flink.formats.parquet.ParquetWriterFactory;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * Sinks of the event archive and the feature log: Parquet files in {@code dt=} folders, made
 * visible by a completed checkpoint, once (semantics.md §6; performance.md §3.14).
 */
public final class ParquetFiles {
  private static final long ROW_GROUP_BYTES = 8L << 20;
  private static final int PAGE_BYTES = 64 << 10;

  private ParquetFiles() {}

  /** Archive of accepted events, by day of event time. */
  public static FileSink<KeyedEvent> events(PipelineDocument document) {
    String json = DocumentCodec.write(document);
    return sink(
        folder(document, OfflineLayout.events(document.version())),
        file -> open(new EventWriteSupport(definition(json).schema()), file),
        DayFolders.ofEvents());
  }

  /** Log of one entity's rows, by day of T. */
  public static FileSink<KeyedRow> rows(PipelineDocument document, String entity) {
    String json = DocumentCodec.write(document);
    return sink(
        folder(document, OfflineLayout.features(document.version(), entity)),
        file -> open(rowSupport(definition(json), entity), file),
        DayFolders.ofRows());
  }

  private static RowWriteSupport rowSupport(Definition definition, String entity) {
    return new RowWriteSupport(
        definition,
        definition.entity(entity),
        EntityProgram.compile(definition, entity, false).columns());
  }

  private static Definition definition(String json) {
    return DocumentCodec.readPipeline(json).definition();
  }

  private static Path folder(PipelineDocument document, String name) {
    return new Path(new Path(document.wiring().location()), name);
  }

  private static <T> FileSink<T> sink(
      Path folder, ParquetBuilder<T> builder, DayFolders<T> folders) {
    return FileSink.forBulkFormat(folder, new ParquetWriterFactory<>(builder))
        .withBucketAssigner(folders)
        .withRollingPolicy(new QuietDayPolicy<>())
        .withBucketCheckInterval(QuietDayPolicy.CHECK_MILLIS)
        .withOutputFileConfig(
            OutputFileConfig.builder().withPartPrefix("part").withPartSuffix(".parquet").build())
        .build();
  }

  private static <T> ParquetWriter<T> open(WriteSupport<T> support, OutputFile file)
      throws java.io.IOException {
    return new Builder<>(file, support)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withRowGroupSize(ROW_GROUP_BYTES)
        .withPageSize(PAGE_BYTES)
        .withDictionaryPageSize(PAGE_BYTES)
        .withConf(new Configuration(false))
        .build();
  }

  private static final class Builder<T> extends ParquetWriter.Builder<T, Builder<T>> {
    private final WriteSupport<T> support;

    private Builder(OutputFile file, WriteSupport<T> support) {
      super(file);
      this.support = support;
    }

    @Override
    protected Builder<T> self() {
      return this;
    }

    @Override
    protected WriteSupport<T> getWriteSupport(Configuration configuration) {
      return support;
    }
  }
}
