package dev.millrace.spark.cleanup;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.VersionsFile;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pipeline's folder in the offline store. Versions that an older resource of the same name wrote
 * are not this resource's to delete (api.md §1: {@code deletionPolicy} is about what it created);
 * {@code versions.json} tells them apart, so it goes last.
 */
final class PipelineFolder {
  private static final List<String> FOLDERS =
      List.of("features", "events", "checkpoints", "savepoints", "ha");
  private static final Pattern VERSION = Pattern.compile("v=([1-9][0-9]{0,4})");
  private static final Pattern PROGRESS =
      Pattern.compile("\\.?progress-v([1-9][0-9]{0,4})\\.json.*");

  private final OfflineStorage storage;
  private final Map<Integer, VersionsFile.Version> others = new TreeMap<>();

  /**
   * @param resourceUid UID of the resource whose versions go
   */
  PipelineFolder(OfflineStorage storage, String resourceUid) {
    this.storage = storage;
    storage
        .read(OfflineLayout.VERSIONS)
        .map(DocumentCodec::readVersions)
        .ifPresent(file -> others.putAll(file.versions()));
    others.values().removeIf(version -> version.resourceUid().equals(resourceUid));
  }

  /** Versions of this resource that have a feature log. */
  List<Integer> versions() {
    return own("features", VERSION).keySet().stream().toList();
  }

  FolderRemoval.Result delete() {
    var removal = new FolderRemoval(storage);
    for (String folder : FOLDERS) {
      own(folder, VERSION).values().stream()
          .flatMap(TreeSet::stream)
          .forEach(entry -> removal.delete(folder + "/" + entry));
      removal.deleteIfEmpty(folder);
    }
    own(".", PROGRESS).values().stream().flatMap(TreeSet::stream).forEach(removal::delete);
    if (others.isEmpty()) {
      removal.delete(OfflineLayout.VERSIONS);
    } else {
      storage.replace(OfflineLayout.VERSIONS, DocumentCodec.write(new VersionsFile(others)));
    }
    storage.names(".").stream()
        .filter(name -> name.startsWith("." + OfflineLayout.VERSIONS))
        .forEach(removal::delete);
    return removal.finish();
  }

  /** Entries of a folder by the version in their name, those of other resources left out. */
  private Map<Integer, TreeSet<String>> own(String folder, Pattern form) {
    var own = new TreeMap<Integer, TreeSet<String>>();
    for (String name : storage.names(folder)) {
      OptionalInt version = version(form.matcher(name));
      if (version.isPresent() && !others.containsKey(version.getAsInt())) {
        own.computeIfAbsent(version.getAsInt(), key -> new TreeSet<>()).add(name);
      }
    }
    return own;
  }

  private static OptionalInt version(Matcher name) {
    return name.matches() ? OptionalInt.of(Integer.parseInt(name.group(1))) : OptionalInt.empty();
  }
}
