package dev.millrace.local.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.millrace.contract.ColumnType;
import dev.millrace.contract.EventSchema;
import dev.millrace.contract.EventTimeUnit;
import dev.millrace.contract.SchemaField;
import dev.millrace.contract.SourceFormat;
import dev.millrace.local.LocalFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recorded files become the records their topic would carry. */
class ReplayFilesTest {
  private static final EventSchema SCHEMA =
      new EventSchema(
          SourceFormat.JSON,
          List.of(
              new SchemaField("id", ColumnType.LONG, false, ""),
              new SchemaField("name", ColumnType.STRING, true, ""),
              new SchemaField("ts", ColumnType.TIMESTAMP, false, ""),
              new SchemaField("amount", ColumnType.decimal(3), true, ""),
              new SchemaField("paid", ColumnType.BOOLEAN, true, "")),
          "id",
          "ts",
          EventTimeUnit.SECONDS,
          10_000,
          300_000);

  @TempDir Path folder;

  @Test
  void writesCellsInTheTypesOfTheSchema() throws IOException {
    List<RecordedEvent> events =
        read(
            "a.csv",
            """
            id,name,ts,amount,paid,note
            7,"Smith, ""J""\",1291191960,15.300,true,left out
            8,12,1291191961,,false,
            x,,1291191962,1e5,maybe,
            """);
    assertThat(events)
        .extracting(event -> new String(event.value(), StandardCharsets.UTF_8))
        .containsExactly(
            "{\"id\":7,\"name\":\"Smith, \\\"J\\\"\",\"ts\":1291191960,\"amount\":15.300,\"paid\":true}",
            "{\"id\":8,\"name\":\"12\",\"ts\":1291191961,\"amount\":null,\"paid\":false}",
            "{\"id\":\"x\",\"name\":null,\"ts\":1291191962,\"amount\":\"1e5\",\"paid\":\"maybe\"}");
    assertThat(events.get(0).eventMillis()).isEqualTo(1_291_191_960_000L);
    assertThat(events.get(1).key()).isEqualTo("12".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void sendsBrokenJsonAsItIs() throws IOException {
    List<RecordedEvent> events = read("a.jsonl", "{\"ts\":5,\"name\":\"k\"}\n{broken\n");
    assertThat(events.get(0).eventMillis()).isEqualTo(5_000);
    assertThat(events.get(1).value()).isEqualTo("{broken".getBytes(StandardCharsets.UTF_8));
    assertThat(events.get(1).eventMillis()).isEqualTo(EventTimes.UNREADABLE);
  }

  @Test
  void sendsInTheOrderOfAnotherColumn() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("a.csv"), "id,name,ts,arrived\n7,k,1291191960,1291195560\n");
    try (var recorded = RecordedFile.open(file, "shop.sales", SCHEMA, "name", "arrived")) {
      assertThat(recorded.nextSendMillis()).isEqualTo(1_291_195_560_000L);
      RecordedEvent event = recorded.next();
      assertThat(event.eventMillis()).isEqualTo(1_291_191_960_000L);
      assertThat(new String(event.value(), StandardCharsets.UTF_8)).doesNotContain("arrived");
    }
  }

  @Test
  void namesTheColumnThatIsMissing() {
    assertThatThrownBy(() -> read("a.csv", "id,when\n1,2\n"))
        .isInstanceOf(LocalFailure.class)
        .hasMessageContaining("has no column name; its columns are id, when");
  }

  private List<RecordedEvent> read(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    var events = new ArrayList<RecordedEvent>();
    try (var recorded = RecordedFile.open(file, "shop.sales", SCHEMA, "name", "ts")) {
      recorded.forEachRemaining(events::add);
    }
    return events;
  }
}
