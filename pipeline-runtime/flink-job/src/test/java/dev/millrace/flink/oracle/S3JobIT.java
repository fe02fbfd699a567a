package dev.millrace.flink.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.millrace.flink.stack.JobRun;
import dev.millrace.flink.stack.JobStack;
import dev.millrace.flink.stack.RunFolder;
import dev.millrace.s3.OperatorOptions;
import dev.millrace.s3.S3Server;
import dev.millrace.testkit.LogRecord;
import dev.millrace.testkit.StreamShape.Disorder;
import java.net.URI;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.plugin.PluginUtils;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Everything that the job writes on a real S3 server, through Flink's plugin and with the options
 * that the operator writes.
 */
@ExtendWith(JobStack.Extension.class)
class S3JobIT {
  private static final int LOST_ANSWERS = 8;
  private static final Pattern FINISHED =
      Pattern.compile(
          "(events/v=1|features/v=1/[a-z]+)/dt=[-0-9]+/part-[^/]+\\.parquet"
              + "|(versions|progress-v1)\\.json");

  private static S3Server s3;

  @BeforeAll
  static void start() throws Exception {
    s3 = S3Server.start();
    var options = Configuration.fromMap(OperatorOptions.flink(s3.endpoint()));
    FileSystem.initialize(options, PluginUtils.createPluginManagerFromRootFolder(options));
  }

  @AfterAll
  static void stop() {
    FileSystem.initialize(new Configuration(), null);
    s3.close();
  }

  @Test
  void writesTheSameAsOnLocalFilesThroughKillsLostAnswersAndSavepoints(JobStack stack)
      throws Exception {
    long seed = ShopLog.seed("s3");
    List<LogRecord> log = ShopLog.shop(ShopLog.generate(seed, 900, Disorder.EVERYTHING));
    var folder = new RunFolder(URI.create(S3Server.location("shop/featurepipelines/s3")));
    try (var run =
        JobRun.create(
            stack, stack.broker(), "s3", ShopStream.definition(), ShopLog.PARTITIONS, folder)) {
      run.start(2);
      ShopLog.send(run, log.subList(0, 300));
      run.awaitConsumed();
      ShopLog.send(run, log.subList(300, 600));
      stack.replaceTaskManager();
      run.awaitConsumed();
      run.stop();
      s3.loseAnswers(LOST_ANSWERS);
      run.start(4);
      ShopLog.send(run, log.subList(600, 750));
      run.awaitConsumed();
      s3.loseAnswers(0);
      ShopLog.send(run, log.subList(750, 900));
      run.awaitConsumed();
      run.stop();

      // The oracle is the one that runs on local files are held to, bit for bit.
      Expected.of(log).check(run);
      assertThat(folder.files("store"))
          .allMatch(file -> FINISHED.matcher(file).matches())
          .contains("versions.json", "progress-v1.json");
      assertThat(folder.files("savepoints"))
          .filteredOn(file -> file.endsWith("/_metadata"))
          .hasSize(2);
    }
  }
}
