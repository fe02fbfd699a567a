package dev.millrace.local.stack;

import dev.millrace.contract.DocumentCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Keeps the documents of a stack where other commands find them. */
final class StackDocuments {
  private final Path data;
  private final Path folder;

  StackDocuments(Path data) {
    this.data = data;
    folder = data.resolve("documents");
  }

  List<StackState.Entry> write(List<PlannedPipeline> pipelines) throws IOException {
    var entries = new ArrayList<StackState.Entry>();
    for (PlannedPipeline pipeline : pipelines) {
      var document = pipeline.document();
      entries.add(entry("pipeline", document.namespace(), document.pipeline(), document));
    }
    return entries;
  }

  List<StackState.Entry> writeExtracts(List<PlannedLabelWindow> windows) throws IOException {
    var entries = new ArrayList<StackState.Entry>();
    for (PlannedLabelWindow window : windows) {
      var document = window.document();
      entries.add(entry("extract", document.namespace(), document.labelWindow(), document));
    }
    return entries;
  }

  /** A later plan compares with what was applied, not with what the files say by then. */
  void keepCopies(Path resources) throws IOException {
    Path copies = Files.createDirectories(data.resolve(StackState.RESOURCES));
    try (Stream<Path> files =
        Files.isDirectory(resources) ? Files.list(resources) : Stream.of(resources)) {
      for (Path file : files.filter(name -> name.toString().matches(".*\\.ya?ml")).toList()) {
        Files.copy(file, copies.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private StackState.Entry entry(String kind, String namespace, String name, Object document)
      throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(kind + "-" + namespace + "-" + name + ".json");
    Files.writeString(file, DocumentCodec.write(document));
    return new StackState.Entry(namespace, name, file.toString());
  }
}
