package dev.millrace.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;

/** Everything a store holds, as lines in an order of their own, and as one hash. */
final class StoreDigest {
  private StoreDigest() {}

  /** All hashes of Redis; the clock without its wall time. */
  static List<String> online(OnlineReader online) {
    var lines = new ArrayList<String>();
    for (String key : online.keys("mr:*")) {
      var row = new TreeMap<>(online.row(key));
      row.remove("wall");
      lines.add(key + " " + row);
    }
    Collections.sort(lines);
    return lines;
  }

  /** All rows of the finished Parquet files below a folder. */
  static List<String> parquet(Path folder) throws IOException {
    var lines = new ArrayList<String>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(StoreDigest::isFinished).forEach(file -> read(folder, file, lines));
    }
    Collections.sort(lines);
    return lines;
  }

  static String of(List<String> lines) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      lines.forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static boolean isFinished(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".parquet") && !name.startsWith(".") && !name.startsWith("_");
  }

  private static void read(Path folder, Path file, List<String> into) {
    String where = folder.relativize(file.getParent()).toString();
    var path = new org.apache.hadoop.fs.Path(file.toUri());
    try (ParquetReader<Group> reader =
        ParquetReader.builder(new GroupReadSupport(), path).withConf(new Configuration()).build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        into.add(where + " " + row.toString().replace('\n', ' '));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
