package dev.millrace.spark.publish;

import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.spark.storage.CanonicalJson;
import dev.millrace.spark.storage.OfflineStorage;
import java.util.List;
import java.util.Optional;

/** Manifests of published runs and the pointer to the newest. */
public final class ManifestStore {
  /** File that names the newest run; replaced last. */
  public static final String LATEST = "latest.json";

  private static final String FOLDER = "manifests";
  private static final String SUFFIX = ".json";

  private final OfflineStorage storage;

  public ManifestStore(OfflineStorage storage) {
    this.storage = storage;
  }

  /**
   * What {@link #LATEST} holds.
   *
   * @param asOf name of the run
   * @param manifest its path
   */
  public record Latest(String asOf, String manifest) {}

  /** Path of a run's manifest. */
  public static String path(String run) {
    return FOLDER + "/" + run + SUFFIX;
  }

  /** Names of published runs, oldest first. */
  public List<String> published() {
    return storage.names(FOLDER).stream()
        .filter(name -> name.endsWith(SUFFIX) && !name.startsWith("."))
        .map(name -> name.substring(0, name.length() - SUFFIX.length()))
        .toList();
  }

  public boolean isPublished(String run) {
    return published().contains(run);
  }

  /** Manifest of a published run. */
  public Manifest read(String run) {
    return find(run)
        .orElseThrow(
            () ->
                new MillraceFailure(
                    Reason.STORAGE_FAILED, storage.location() + "/" + path(run) + " is gone"));
  }

  /** Manifest of a run if it was published. */
  public Optional<Manifest> find(String run) {
    return storage.read(path(run)).map(json -> CanonicalJson.read(path(run), json, Manifest.class));
  }

  /** Publishes: the manifest, then the pointer, which never goes back to an older run. */
  public void publish(String run, Manifest manifest) {
    storage.replace(path(run), CanonicalJson.pretty(manifest));
    point(run);
  }

  /** Path of what a run that the gate refused would have been. */
  public static String refusedPath(String run) {
    return "runs/" + run + "/refused.json";
  }

  /** Keeps what a run would have been; readers do not see it, later runs do not count it. */
  public void refuse(String run, Manifest manifest) {
    storage.replace(refusedPath(run), CanonicalJson.pretty(manifest));
  }

  /** Points {@link #LATEST} to a published run unless it names a newer one. */
  public void point(String run) {
    var latest = storage.read(LATEST).map(json -> CanonicalJson.read(LATEST, json, Latest.class));
    if (latest.isEmpty() || latest.get().asOf().compareTo(run) < 0) {
      storage.replace(LATEST, CanonicalJson.pretty(new Latest(run, path(run))));
    }
  }
}
