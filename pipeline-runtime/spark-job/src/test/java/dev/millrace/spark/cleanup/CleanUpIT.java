package dev.millrace.spark.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.CleanUpReport;
import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import dev.millrace.contract.ResourceKind;
import dev.millrace.contract.VersionsFile;
import dev.millrace.spark.fixture.ArchiveFolder;
import dev.millrace.spark.fixture.SharedStack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real redis-server, as the job's restricted user, and a real folder. */
class CleanUpIT {
  private static final String UID = "uid-1";
  private static final Instant DAY = Instant.parse("2026-05-01T00:00:00Z");
  private static final String CLOCK = "mr:{shop/sales}:clock";

  /** What the stream writes for the first key of {@link #visitors}. */
  private static final String FIRST_KEY =
      "mr:{shop/sales/visitor:na%C3%AFve%20%7C0|1777593600000|true|-7}:v1";

  private static final StructType VISITORS =
      new StructType()
          .add("name", DataTypes.StringType)
          .add("day", DataTypes.TimestampType)
          .add("active", DataTypes.BooleanType)
          .add("number", DataTypes.LongType)
          .add("_asof", DataTypes.LongType)
          .add("seen_1h", DataTypes.LongType);

  @TempDir Path storage;

  private int port;
  private RealRedis redis;
  private Path folder;
  private ArchiveFolder archive;

  @BeforeEach
  void fill() throws Exception {
    port = RealRedis.freePort();
    redis = RealRedis.start(port);
    folder = storage.resolve("shop/featurepipelines/sales");
    archive = new ArchiveFolder(folder);
    archive.appendFeatures(1, "visitor", VISITORS, visitors(2500));
    archive.appendFeatures(2, "shop", shops(), List.of(RowFactory.create("", 0L, 3L)));
    for (String file :
        List.of(
            "events/v=1/dt=2026-05-01/part-0.parquet",
            "checkpoints/v=1/job/chk-9/_metadata",
            "savepoints/v=2/savepoint-1/_metadata",
            "ha/v=2/blob",
            "progress-v1.json",
            ".progress-v2.json.tmp")) {
      write(folder.resolve(file));
    }
    versions(Map.of(1, UID, 2, UID));
    try (var admin = redis.admin()) {
      admin.hset(FIRST_KEY, "seen_1h", "1");
      admin.hset("mr:{shop/sales/shop:%}:v2", "seen_1h", "1");
      admin.hset(CLOCK, "version", "2");
      admin.hset("mr:{shop/sales/visitor:someone|1|true|1}:v1", "seen_1h", "1");
      admin.hset("mr:{shop/returns}:clock", "version", "1");
    }
  }

  @AfterEach
  void stop() throws Exception {
    redis.close();
  }

  @Test
  void deletesTheKeysThatTheFeatureLogsNameThenTheClockAndTheFolder() throws Exception {
    Path neighbour = write(storage.resolve("shop/featurepipelines/sales-2/versions.json"));

    CleanUpReport report = clean(document());

    assertThat(report.reason()).isNull();
    assertThat(report.keys()).isEqualTo(2501);
    assertThat(report.deletedKeys()).isEqualTo(2);
    assertThat(report.files()).isGreaterThanOrEqualTo(9);
    assertThat(report.kept()).isEmpty();
    assertThat(folder).doesNotExist();
    assertThat(neighbour).exists();
    assertThat(keys())
        .containsExactlyInAnyOrder(
            "mr:{shop/sales/visitor:someone|1|true|1}:v1", "mr:{shop/returns}:clock");
  }

  @Test
  void aSecondRunFindsNothingToDo() {
    clean(document());

    CleanUpReport again = clean(document());

    assertThat(again)
        .isEqualTo(new CleanUpReport(CleanUpReport.CODEC, null, null, 0, 0, 0, List.of()));
  }

  @Test
  void keepsWhatAnotherResourceOrSomebodyElseWrote() throws Exception {
    versions(Map.of(1, "uid-0", 2, UID));
    write(folder.resolve("notes.txt"));

    CleanUpReport report = clean(document());

    assertThat(report.keys()).isEqualTo(1);
    assertThat(report.kept())
        .containsExactly(
            "checkpoints", "events", "features", "notes.txt", "progress-v1.json", "versions.json");
    assertThat(folder.resolve("features/v=1/visitor")).exists();
    assertThat(folder.resolve("features/v=2")).doesNotExist();
    assertThat(folder.resolve("ha")).doesNotExist();
    assertThat(keys()).contains(FIRST_KEY).doesNotContain(CLOCK, "mr:{shop/sales/shop:%}:v2");
    var left = DocumentCodec.readVersions(Files.readString(folder.resolve("versions.json")));
    assertThat(left.versions()).containsOnlyKeys(1);
    assertThat(clean(document()).files()).isZero();
  }

  @Test
  void withRedisAwayNothingIsDeletedAndALaterRunDoesAll() throws Exception {
    redis.close();
    List<Path> before = files();

    assertThatThrownBy(() -> clean(document()))
        .isInstanceOfSatisfying(
            MillraceFailure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.ONLINE_STORE_UNREACHABLE));
    assertThat(files()).isEqualTo(before);

    redis = RealRedis.start(port);
    assertThat(clean(document()).keys()).isEqualTo(2501);
    assertThat(folder).doesNotExist();
  }

  @Test
  void aWrongPasswordIsSaidWithoutIt() throws Exception {
    Path password = Files.writeString(storage.resolve("wrong"), "hunter2");

    assertThatThrownBy(() -> clean(document("127.0.0.1", password.toString())))
        .isInstanceOfSatisfying(
            MillraceFailure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.ACCESS_DENIED))
        .hasMessageContaining("127.0.0.1:" + port)
        .hasMessageNotContaining("hunter2");
    assertThat(folder).exists();
  }

  @Test
  void aStoreThatGoesItselfNeedsNoKeysDeleted() throws Exception {
    redis.close();

    assertThat(clean(document("", "")).keys()).isZero();

    assertThat(folder).doesNotExist();
    redis = RealRedis.start(port);
  }

  @Test
  void deletesATrainingSetAndKeepsWhatIsNotOurs() throws Exception {
    Path window = storage.resolve("shop/labelwindows/returned-7d");
    write(window.resolve("dataset/anchor_date=2026-05-01/run=x/part-00000.parquet"));
    write(window.resolve("manifests/x.json"));
    write(window.resolve("latest.json"));
    write(window.resolve("model.onnx"));
    String location = window.toUri().toString().replaceAll("/$", "");

    CleanUpReport report =
        clean(
            new CleanUpDocument(
                CleanUpDocument.CODEC,
                ResourceKind.LABEL_WINDOW,
                "shop",
                "returned-7d",
                UID,
                location,
                "",
                0,
                false,
                ""));

    assertThat(report.files()).isEqualTo(3);
    assertThat(report.kept()).containsExactly("model.onnx");
    assertThat(window.resolve("dataset")).doesNotExist();
    assertThat(folder).exists();
  }

  private static CleanUpReport clean(CleanUpDocument document) {
    return CleanUp.run(SharedStack.spark(), document);
  }

  private CleanUpDocument document() {
    try {
      Path password = Files.writeString(storage.resolve("password"), RealRedis.PASSWORD + "\n");
      return document("127.0.0.1", password.toString());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private CleanUpDocument document(String host, String passwordFile) {
    return new CleanUpDocument(
        CleanUpDocument.CODEC,
        ResourceKind.FEATURE_PIPELINE,
        "shop",
        "sales",
        UID,
        archive.location(),
        host,
        port,
        false,
        passwordFile);
  }

  private static List<Row> visitors(int keys) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < keys; i++) {
      for (long asOf = 0; asOf < 2; asOf++) {
        rows.add(
            RowFactory.create("naïve |" + i, java.sql.Timestamp.from(DAY), true, -7L, asOf, 1L));
      }
    }
    return rows;
  }

  private static StructType shops() {
    return new StructType()
        .add("shop", DataTypes.StringType)
        .add("_asof", DataTypes.LongType)
        .add("seen_1h", DataTypes.LongType);
  }

  private void versions(Map<Integer, String> uids) throws Exception {
    var versions = new TreeMap<Integer, VersionsFile.Version>();
    uids.forEach(
        (version, uid) ->
            versions.put(version, new VersionsFile.Version("hash", uid, "topic", Map.of(), 0L)));
    Files.writeString(
        folder.resolve("versions.json"), DocumentCodec.write(new VersionsFile(versions)));
  }

  private List<String> keys() {
    try (var admin = redis.admin()) {
      return List.copyOf(admin.keys("*"));
    }
  }

  private List<Path> files() throws Exception {
    try (var files = Files.walk(folder)) {
      return files.sorted().toList();
    }
  }

  private static Path write(Path file) throws Exception {
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }
}
