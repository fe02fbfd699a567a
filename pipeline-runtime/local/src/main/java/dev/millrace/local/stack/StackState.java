package dev.millrace.local.stack;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.millrace.local.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What another command must know to find a running stack: a file in its data folder, and a copy
 * below {@code ~/.millrace/stacks} so that the folder need not be named.
 *
 * @param pid process of the stack
 * @param data its data folder
 * @param bootstrapServers Kafka
 * @param redisPort Redis, on 127.0.0.1
 * @param pipelines documents of the pipelines
 * @param labelWindows documents of the label windows
 */
public record StackState(
    long pid,
    String data,
    String bootstrapServers,
    int redisPort,
    List<Entry> pipelines,
    List<Entry> labelWindows) {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
  private static final String FILE = "stack.json";

  /** Folder below the data folder with copies of the applied resources. */
  static final String RESOURCES = "resources";

  /**
   * One resource.
   *
   * @param namespace its namespace
   * @param name its name
   * @param uid what identifies it, also to those who find its data
   * @param document path of the document its job reads
   */
  public record Entry(String namespace, String name, String uid, String document) {
    private String key(String kind) {
      return kind + "/" + namespace + "/" + name;
    }
  }

  /** Makes the stack known. */
  public void publish() throws IOException {
    byte[] json = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
    Files.write(Path.of(data, FILE), json);
    Files.createDirectories(registry());
    Files.write(registered(), json);
  }

  /** Makes it unknown again. */
  public void withdraw() throws IOException {
    Files.deleteIfExists(registered());
    Files.deleteIfExists(Path.of(data, FILE));
  }

  /**
   * The running stack.
   *
   * @param data its data folder, or null for the one started last
   */
  public static StackState find(Path data) {
    try {
      Optional<StackState> found =
          data == null ? newest() : read(data.resolve(FILE)).filter(StackState::isAlive);
      return found.orElseThrow(
          () ->
              new LocalFailure(
                  "no running stack"
                      + (data == null ? "" : " in " + data)
                      + "; start one with ./millrace up -f <folder>"));
    } catch (IOException e) {
      throw new LocalFailure("the state of the running stack cannot be read: " + e, e);
    }
  }

  /** Copies of the resources as they were applied. */
  public Path resources() {
    return Path.of(data, RESOURCES);
  }

  /** UIDs of its resources, by {@code <kind>/<namespace>/<name>}. */
  Map<String, String> identities() {
    var identities = new TreeMap<String, String>();
    pipelines.forEach(entry -> identities.put(entry.key("FeaturePipeline"), entry.uid()));
    labelWindows.forEach(entry -> identities.put(entry.key("LabelWindow"), entry.uid()));
    return identities;
  }

  /** Where the stack's services are. */
  public Addresses addresses() {
    return new Addresses(bootstrapServers, redisPort, Path.of(data, "offline"));
  }

  /** The stack started last that still runs, if any. */
  public static Optional<StackState> newestRunning() {
    try {
      return newest();
    } catch (IOException e) {
      throw new LocalFailure("the state of the running stack cannot be read: " + e, e);
    }
  }

  /** The pipeline of that name. */
  public Entry pipeline(String name) {
    return entry(pipelines, name, "pipeline");
  }

  /** The label window of that name. */
  public Entry labelWindow(String name) {
    return entry(labelWindows, name, "label window");
  }

  private static Entry entry(List<Entry> entries, String name, String kind) {
    return entries.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new LocalFailure(
                    "the running stack has no "
                        + kind
                        + " "
                        + name
                        + "; it has "
                        + String.join(", ", entries.stream().map(Entry::name).toList())));
  }

  private boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  private static Optional<StackState> newest() throws IOException {
    if (!Files.isDirectory(registry())) {
      return Optional.empty();
    }
    List<Path> files;
    try (Stream<Path> listed = Files.list(registry())) {
      files =
          listed.sorted(Comparator.comparingLong(file -> -file.toFile().lastModified())).toList();
    }
    for (Path file : files) {
      Optional<StackState> state = read(file).filter(StackState::isAlive);
      if (state.isPresent()) {
        return state;
      }
    }
    return Optional.empty();
  }

  private static Optional<StackState> read(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(MAPPER.readValue(file.toFile(), StackState.class))
        : Optional.empty();
  }

  private Path registered() {
    return registry().resolve(pid + ".json");
  }

  private static Path registry() {
    String home = System.getProperty("millrace.home");
    Path folder =
        home == null ? Path.of(System.getProperty("user.home"), ".millrace") : Path.of(home);
    return folder.resolve("stacks");
  }
}
