package dev.millrace.local.stack;

import dev.millrace.contract.DocumentCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Keeps the documents of a stack where other commands find them. */
final class StackDocuments {
  private final Path folder;

  StackDocuments(Path data) {
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

  private StackState.Entry entry(String kind, String namespace, String name, Object document)
      throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve(kind + "-" + namespace + "-" + name + ".json");
    Files.writeString(file, DocumentCodec.write(document));
    return new StackState.Entry(namespace, name, file.toString());
  }
}
