package dev.millrace.local.resource;

import dev.millrace.local.LocalFailure;
import dev.millrace.operator.plan.ResourceReader;
import dev.millrace.operator.plan.Resources;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads the resources of a folder of YAML, or of one file, as strictly as an API server. */
public final class ResourceFolder {
  /** Namespace of resources that name none. */
  public static final String NAMESPACE = "default";

  /** Files that lie beside resources and are none. */
  private static final List<String> OTHER_FILES = List.of("recording.yaml");

  private ResourceFolder() {}

  /** Reads a folder, or a single file. */
  public static Resources read(Path path) {
    return read(path, Map.of());
  }

  /**
   * Reads a folder, or a single file.
   *
   * @param identities UIDs that are known, by {@code <kind>/<namespace>/<name>}
   */
  public static Resources read(Path path, Map<String, String> identities) {
    var all = new Resources(List.of(), List.of(), List.of());
    for (Path file : files(path)) {
      all = all.and(ResourceReader.read(file.getFileName().toString(), text(file), NAMESPACE));
    }
    if (all.pipelines().isEmpty() && all.labelWindows().isEmpty() && all.refusals().isEmpty()) {
      throw new LocalFailure(
          path + " holds no FeaturePipeline and no LabelWindow; name a folder with their YAML");
    }
    all.pipelines().forEach(pipeline -> identify(pipeline, identities));
    all.labelWindows().forEach(window -> identify(window, identities));
    return all;
  }

  // What an API server would add; stable, so that a folder keeps its data over restarts.
  private static void identify(HasMetadata resource, Map<String, String> identities) {
    ObjectMeta metadata = resource.getMetadata();
    String identity = resource.getKind() + "/" + metadata.getNamespace() + "/" + metadata.getName();
    String made = UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString();
    metadata.setUid(identities.getOrDefault(identity, made));
    metadata.setGeneration(1L);
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new LocalFailure(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** The files of a folder that hold resources, in the order of their names. */
  public static List<Path> files(Path path) {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (!Files.isDirectory(path)) {
      throw new LocalFailure(path + " does not exist; name a folder with resources in YAML");
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(ResourceFolder::isResource).sorted().toList();
    } catch (IOException e) {
      throw new LocalFailure(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean isResource(Path file) {
    String name = file.getFileName().toString();
    return (name.endsWith(".yaml") || name.endsWith(".yml")) && !OTHER_FILES.contains(name);
  }
}
