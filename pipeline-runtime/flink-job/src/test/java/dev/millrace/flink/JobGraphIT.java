package dev.millrace.flink;

import static dev.millrace.flink.stack.TestDefinitions.entity;
import static dev.millrace.flink.stack.TestDefinitions.feature;
import static dev.millrace.flink.stack.TestDefinitions.field;
import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.contract.Aggregation;
import dev.millrace.contract.ColumnType;
import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.TestDefinitions;
import java.util.ArrayList;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the job's correctness takes from the shape of its graph. */
@ExtendWith(JobStack.Extension.class)
class JobGraphIT {
  /**
   * An entity reports which checkpoint's archive files are visible from its own notification: that
   * is right only while the archive's committer runs in the same task.
   */
  @Test
  void keepsTheArchivesCommitterInTheJudgesTask(JobStack stack) throws Exception {
    var definition =
        TestDefinitions.definition(
            60_000,
            TestDefinitions.schema(
                60_000,
                field("id", ColumnType.LONG),
                field("ts", ColumnType.TIMESTAMP),
                field("name", ColumnType.STRING)),
            60_000,
            3_600_000,
            entity("person", "name", feature("n", Aggregation.COUNT, "", "5m")));
    try (var run = JobRun.create(stack, "graph", definition, 1)) {
      var tasks = new ArrayList<String>();
      for (JobVertex task : run.graph().getVertices()) {
        tasks.add(task.getName());
      }
      assertThat(tasks)
          .filteredOn(name -> name.contains("entity-person"))
          .singleElement()
          .asString()
          .contains("archive-person: Committer")
          .contains("redis-person");
      assertThat(tasks)
          .filteredOn(name -> name.contains("stamp"))
          .singleElement()
          .asString()
          .contains("source");
    }
  }
}
