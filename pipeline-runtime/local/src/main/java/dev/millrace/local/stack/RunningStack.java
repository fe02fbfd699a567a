package dev.millrace.local.stack;

import dev.millrace.contract.PipelineDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Resources that run on this machine, with or without an API server. */
public interface RunningStack extends AutoCloseable {
  /** The data folder. */
  Path data();

  /** What the folder's resources mean here. */
  Planning planning();

  /** What other commands know of this stack. */
  StackState state();

  /** Documents of the jobs that readers are served by, now. */
  List<PipelineDocument> documents() throws IOException;

  /** What people should know about resources that are not as they should be; lines. */
  List<String> remarks();

  /** Fails when a part of the stack has failed for good. */
  void check();

  @Override
  void close();
}
