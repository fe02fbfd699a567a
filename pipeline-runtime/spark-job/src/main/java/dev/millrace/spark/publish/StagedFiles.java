package dev.millrace.spark.publish;

import dev.millrace.spark.publish.Manifest.DataFile;
import dev.millrace.spark.storage.OfflineStorage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;

/**
 * Moves what Spark staged to where readers look. Spark puts a random id into file names; published
 * names are numbers in the order of the tasks, so that a rerun replaces the same files.
 */
public final class StagedFiles {
  private final OfflineStorage storage;
  private final Configuration hadoop;

  public StagedFiles(OfflineStorage storage, Configuration hadoop) {
    this.storage = storage;
    this.hadoop = hadoop;
  }

  /**
   * Moves every Parquet file below a staging folder and removes it.
   *
   * @param staging the folder
   * @param target folder of a file, from the folder it was staged in (relative to staging, empty or
   *     with a leading slash)
   */
  public List<DataFile> publish(String staging, UnaryOperator<String> target) {
    var next = new TreeMap<String, Integer>();
    var files = new ArrayList<DataFile>();
    for (String staged : storage.parquetFiles(staging).keySet()) {
      String folder = target.apply(staged.substring(staging.length(), staged.lastIndexOf('/')));
      int number = next.merge(folder, 1, Integer::sum) - 1;
      if (number == 0) {
        storage.delete(folder); // what an attempt before left behind
      }
      String path = folder + "/" + String.format("part-%05d.parquet", number);
      storage.move(staged, path);
      files.add(file(path));
    }
    storage.delete(staging);
    return files;
  }

  /** The files of a folder. */
  public List<DataFile> files(String folder) {
    return storage.parquetFiles(folder).keySet().stream().map(this::file).toList();
  }

  private DataFile file(String path) {
    return new DataFile(path, rows(path), storage.sha256(path).orElseThrow());
  }

  /** Whether every file is there with the bytes that the manifest names. */
  public boolean areIntact(List<DataFile> files) {
    return files.stream()
        .allMatch(file -> storage.sha256(file.path()).filter(file.sha256()::equals).isPresent());
  }

  private long rows(String path) {
    try (var reader =
        ParquetFileReader.open(HadoopInputFile.fromPath(storage.resolve(path), hadoop))) {
      return reader.getRecordCount();
    } catch (IOException e) {
      throw storage.failed(path, e);
    }
  }
}
