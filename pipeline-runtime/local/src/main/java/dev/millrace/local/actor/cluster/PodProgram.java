package dev.millrace.local.actor.cluster;

import dev.millrace.local.actor.PodEnvironment;
import dev.millrace.local.actor.PodFiles;
import dev.millrace.local.actor.PodVolumes;
import dev.millrace.local.actor.SparkSubmit;
import dev.millrace.local.process.ChildProcess;
import dev.millrace.local.process.SparkCommand;
import dev.millrace.local.service.RedisStore;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Starts the one container of a pod as a process of this machine. */
final class PodProgram {
  private static final int REDIS_PORT = 6379;

  private final Pod pod;
  private final Container container;
  private final Path folder;
  private final Path log;

  /**
   * @param folder the pod's own, new with each pod
   * @param log its log file
   */
  PodProgram(Pod pod, Path folder, Path log) {
    this.pod = pod;
    container = pod.getSpec().getContainers().get(0);
    this.folder = folder;
    this.log = log;
  }

  Path terminationMessage() {
    return folder.resolve("termination-log");
  }

  /** A redis-server that answers on the port which stands for its Service's. */
  ChildProcess redis(PodVolumes volumes, ServicePorts ports) throws IOException {
    PodFiles files = mount(volumes);
    List<String> words =
        RedisArguments.of(words(container.getCommand(), container.getArgs()), files::localPath);
    int accessList = words.indexOf("--aclfile") + 1;
    if (accessList > 0) {
      Path file = Path.of(words.get(accessList));
      Files.writeString(file, RedisArguments.accessList(Files.readString(file)));
    }
    int port =
        ports.of(
            pod.getMetadata().getNamespace(),
            service(),
            container.getPorts().stream()
                .map(ContainerPort::getContainerPort)
                .findFirst()
                .orElse(REDIS_PORT));
    return RedisStore.start(folder, port, log, words).process();
  }

  /** A JVM with the Spark extract's jar and the container's main class. */
  ChildProcess spark(PodVolumes volumes, String heap) throws IOException {
    PodFiles files = mount(volumes);
    Map<String, String> environment =
        PodEnvironment.of(pod.getMetadata(), container, files, volumes.objects());
    SparkSubmit submit = submit(words(container.getCommand(), container.getArgs()));
    Files.deleteIfExists(terminationMessage());
    List<String> command =
        SparkCommand.of(
            folder,
            submit.mainClass(),
            submit.arguments().stream().map(files::localPath).toList(),
            terminationMessage(),
            heap,
            submit.settings());
    return ChildProcess.start(pod.getMetadata().getName(), command, environment, folder, log);
  }

  /** The governing Service of a StatefulSet's pod. */
  private String service() {
    String subdomain = pod.getSpec().getSubdomain();
    return subdomain == null ? pod.getMetadata().getName() : subdomain;
  }

  private PodFiles mount(PodVolumes volumes) throws IOException {
    return PodFiles.mount(
        folder.resolve("files"),
        pod.getMetadata().getNamespace(),
        pod.getSpec(),
        container,
        volumes);
  }

  /** The words of {@code spark-submit …} or of {@code java … -cp jars Main …}. */
  private static SparkSubmit submit(List<String> words) {
    if (!words.get(0).endsWith("java")) {
      boolean named = !words.get(0).startsWith("--");
      return SparkSubmit.parse(words.subList(named ? 1 : 0, words.size()));
    }
    int i = 1;
    while (words.get(i).startsWith("-")) {
      boolean hasValue = words.get(i).equals("-cp") || words.get(i).equals("-classpath");
      i += hasValue ? 2 : 1;
    }
    return new SparkSubmit(
        words.get(i), "", Map.of(), List.copyOf(words.subList(i + 1, words.size())));
  }

  private static List<String> words(List<String> command, List<String> arguments) {
    var words = new ArrayList<String>(command == null ? List.of() : command);
    words.addAll(arguments == null ? List.of() : arguments);
    return words;
  }
}
