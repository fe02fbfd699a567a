package dev.millrace.local.stack;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.PipelineDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Keeps the documents of a stack where other commands find them. */
public final class StackDocuments {
  private final Path data;
  private final Path folder;

  /**
   * @param data data folder of the stack
   */
  public StackDocuments(Path data) {
    this.data = data;
    folder = data.resolve("documents");
  }

  /** Writes the documents of pipelines. */
  public List<StackState.Entry> write(List<PipelineDocument> pipelines) throws IOException {
    var entries = new ArrayList<StackState.Entry>();
    for (PipelineDocument document : pipelines) {
      String uid = document.resourceUid();
      entries.add(entry("pipeline", document.namespace(), document.pipeline(), uid, document));
    }
    return entries;
  }

  /** Writes the documents of extracts. */
  public List<StackState.Entry> writeExtracts(List<PlannedLabelWindow> windows) throws IOException {
    var entries = new ArrayList<StackState.Entry>();
    for (PlannedLabelWindow window : windows) {
      var document = window.document();
      entries.add(
          entry(
              "extract",
              document.namespace(),
              document.labelWindow(),
              window.plan().uid(),
              document));
    }
    return entries;
  }

  /** A later plan compares with what was applied, not with what the files say by then. */
  public void keepCopies(Path resources) throws IOException {
    Path copies = Files.createDirectories(data.resolve(StackState.RESOURCES));
    try (Stream<Path> files =
        Files.isDirectory(resources) ? Files.list(resources) : Stream.of(resources)) {
      for (Path file : files.filter(name -> name.toString().matches(".*\\.ya?ml")).toList()) {
        Files.copy(file, copies.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /**
   * The same with texts in the place of everything that was kept.
   *
   * @param texts content by file name
   */
  public Path replaceCopies(Map<String, String> texts) throws IOException {
    Path copies = Files.createDirectories(data.resolve(StackState.RESOURCES));
    try (Stream<Path> before = Files.list(copies)) {
      for (Path file : before.toList()) {
        Files.delete(file);
      }
    }
    for (Map.Entry<String, String> text : texts.entrySet()) {
      Files.writeString(copies.resolve(text.getKey()), text.getValue());
    }
    return copies;
  }

  private StackState.Entry entry(
      String kind, String namespace, String name, String uid, Object document) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(kind + "-" + namespace + "-" + name + ".json");
    Files.writeString(file, DocumentCodec.write(document));
    return new StackState.Entry(namespace, name, uid, file.toString());
  }
}
