package dev.millrace.flink.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** Reads finished Parquet files with Parquet's own reader. */
public final class ParquetRows {
  private ParquetRows() {}

  /** Values are Long, Integer, Double, Boolean, String or null. */
  public static List<Map<String, Object>> read(Path folder) throws IOException {
    var rows = new ArrayList<Map<String, Object>>();
    forEach(folder, group -> rows.add(row(group)));
    return rows;
  }

  /** Hands every row of all finished files to a consumer. */
  public static void forEach(Path folder, Consumer<Group> consumer) throws IOException {
    for (Path file : files(folder)) {
      try (ParquetReader<Group> reader = new Builder(new LocalInputFile(file)).build()) {
        for (Group group = reader.read(); group != null; group = reader.read()) {
          consumer.accept(group);
        }
      }
    }
  }

  /** Finished files below a folder. */
  public static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths
          .filter(path -> path.getFileName().toString().endsWith(".parquet"))
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static Map<String, Object> row(Group group) {
    var row = new LinkedHashMap<String, Object>();
    for (Type field : group.getType().getFields()) {
      int index = group.getType().getFieldIndex(field.getName());
      row.put(
          field.getName(),
          group.getFieldRepetitionCount(index) == 0 ? null : value(group, field, index));
    }
    return row;
  }

  private static Object value(Group group, Type field, int index) {
    return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
      case INT64 -> group.getLong(index, 0);
      case INT32 -> group.getInteger(index, 0);
      case DOUBLE -> group.getDouble(index, 0);
      case BOOLEAN -> group.getBoolean(index, 0);
      case BINARY -> {
        if (!(field.getLogicalTypeAnnotation()
            instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation)) {
          throw new IllegalStateException(field + " is not text");
        }
        yield group.getString(index, 0);
      }
      default -> throw new IllegalStateException("unexpected column " + field);
    };
  }

  private static final class Builder extends ParquetReader.Builder<Group> {
    private Builder(InputFile file) {
      super(file);
      withConf(new Configuration(false));
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
