package dev.millrace.flink.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Accounting;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.OfflineLayout;
import dev.millrace.contract.ProgressFile;
import dev.millrace.contract.VersionsFile;
import dev.millrace.contract.VersionsFile.Version;
import dev.millrace.flink.offline.Handover.Role;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who writes late and dead-letter records while versions follow one another (semantics.md §4). */
class HandoverTest {
  @TempDir Path temporary;

  private OfflineFolder folder;

  @BeforeEach
  void open() {
    folder = new OfflineFolder(temporary.toUri().toString());
  }

  @Test
  void theFirstVersionWritesFromTheStart() {
    versions(Map.of(1, unserved("t")));
    assertThat(look(1)).isEqualTo(new Handover.State(Role.WRITES, Map.of()));
  }

  @Test
  void aVersionHoldsUntilReadersSwitchToIt() {
    versions(Map.of(1, unserved("t"), 2, unserved("t")));
    progress(1, Map.of(0, 7L));
    assertThat(look(2)).isEqualTo(new Handover.State(Role.HOLDS, Map.of(0, 7L)));
    assertThat(look(1).role()).isEqualTo(Role.WRITES);

    versions(Map.of(1, served("t"), 2, served("t")));
    assertThat(look(2)).isEqualTo(new Handover.State(Role.WRITES, Map.of(0, 7L)));
    assertThat(look(1).role()).isEqualTo(Role.DROPS);
  }

  @Test
  void aVersionThatNeverWroteIsNoPredecessor() {
    versions(Map.of(1, served("t"), 2, unserved("t"), 3, unserved("t")));
    progress(1, Map.of(0, 7L, 1, 3L));
    progress(2, Map.of(0, 90L));
    assertThat(look(3)).isEqualTo(new Handover.State(Role.HOLDS, Map.of(0, 7L, 1, 3L)));
  }

  @Test
  void anotherTopicIsAnotherMatter() {
    versions(Map.of(1, served("t"), 2, unserved("u")));
    progress(1, Map.of(0, 7L));
    assertThat(look(2)).isEqualTo(new Handover.State(Role.WRITES, Map.of()));
  }

  @Test
  void takesOutWhatWasReplacedBeforeItCaughtUp() {
    var file =
        new VersionsFile(
            Map.of(1, served("t"), 2, unserved("t"), 3, unserved("u"), 4, unserved("t")));
    assertThat(Handover.withoutAbandoned(file, 4).versions()).containsOnlyKeys(1, 3, 4);
    var young = new VersionsFile(Map.of(1, unserved("t"), 2, unserved("t")));
    assertThat(Handover.withoutAbandoned(young, 2)).isEqualTo(young);
  }

  private Handover.State look(int version) {
    return new Handover(temporary.toUri().toString(), version).look();
  }

  private void versions(Map<Integer, Version> versions) {
    folder.replaceVersions(new VersionsFile(versions));
  }

  private void progress(int version, Map<Integer, Long> offsets) {
    var progress = new ProgressFile(version, 1, 0, offsets, new Accounting(0, 0, 0, 0, 0, 0, 0, 0));
    folder.replace(OfflineLayout.progress(version), DocumentCodec.write(progress));
  }

  private static Version unserved(String topic) {
    return new Version("hash", "uid", topic, Map.of(), null);
  }

  private static Version served(String topic) {
    return new Version("hash", "uid", topic, Map.of(), 60_000L);
  }
}
