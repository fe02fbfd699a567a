package dev.millrace.operator.config;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How the operator's process runs. Tests shorten its times; nothing here changes what is applied.
 *
 * @param watchNamespaces namespaces whose resources it looks after; empty for all
 * @param resync longest time between two looks at a resource
 * @param retryCap longest delay between two attempts after a failure
 * @param leaderElection whether replicas agree on one that acts
 * @param leaderNamespace namespace of the lease; empty for that of the pod
 * @param httpPort port of probes and metrics
 * @param jobRest address of a job's REST, {@code <deployment>} and {@code <namespace>} in it stand
 *     for the job's
 * @param savepointWait how long a deleted pipeline's job may take for its last savepoint
 * @param topicReleaseWait how long Strimzi may take to confirm that it lets a topic go
 * @param cleanUpWait how long the Job may take that deletes data
 * @param cacheWait how long the start waits for caches; nothing is concluded from one that is not
 *     filled, so there is no need to hold up all for one that is refused
 */
public record ProcessSettings(
    List<String> watchNamespaces,
    Duration resync,
    Duration retryCap,
    boolean leaderElection,
    String leaderNamespace,
    int httpPort,
    String jobRest,
    Duration savepointWait,
    Duration topicReleaseWait,
    Duration cleanUpWait,
    Duration cacheWait) {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern ADDRESS = Pattern.compile("https?://[A-Za-z0-9<>.:/_-]{1,200}");
  private static final int DAY_SECONDS = 86_400;

  /** A process whose file sets nothing (reliability.md §2, §4.1). */
  public static final ProcessSettings DEFAULT =
      new ProcessSettings(
          List.of(),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          true,
          "",
          8080,
          "http://<deployment>-rest.<namespace>:8081",
          Duration.ofMinutes(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(30),
          Duration.ofSeconds(10));

  public ProcessSettings {
    watchNamespaces = List.copyOf(watchNamespaces);
  }

  static ProcessSettings read(Section section) {
    return new ProcessSettings(
        section.texts("watchNamespaces", NAME, "fraud", List.of()),
        seconds(section, "resyncSeconds", DEFAULT.resync),
        seconds(section, "retryCapSeconds", DEFAULT.retryCap),
        section.flag("leaderElection", DEFAULT.leaderElection),
        section.text("leaderNamespace", NAME, "millrace-system", ""),
        section.number("httpPort", 1, 65_535, DEFAULT.httpPort),
        section.text("jobRest", ADDRESS, DEFAULT.jobRest, DEFAULT.jobRest),
        seconds(section, "savepointWaitSeconds", DEFAULT.savepointWait),
        seconds(section, "topicReleaseWaitSeconds", DEFAULT.topicReleaseWait),
        seconds(section, "cleanUpWaitSeconds", DEFAULT.cleanUpWait),
        seconds(section, "cacheWaitSeconds", DEFAULT.cacheWait));
  }

  private static Duration seconds(Section section, String key, Duration absent) {
    return Duration.ofSeconds(section.number(key, 1, DAY_SECONDS, (int) absent.toSeconds()));
  }

  /** Base address of the REST of a job's deployment. */
  public String jobRest(String namespace, String deployment) {
    return jobRest.replace("<deployment>", deployment).replace("<namespace>", namespace);
  }
}
