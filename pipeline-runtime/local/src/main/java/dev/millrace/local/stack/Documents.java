package dev.millrace.local.stack;

import dev.millrace.contract.DocumentCodec;
import dev.millrace.contract.ExtractDocument;
import dev.millrace.contract.PipelineDocument;
import dev.millrace.local.LocalFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the documents that jobs were started with. */
public final class Documents {
  private Documents() {}

  public static PipelineDocument pipeline(Path file) {
    return DocumentCodec.readPipeline(text(file));
  }

  public static ExtractDocument extract(Path file) {
    return DocumentCodec.readExtract(text(file));
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new LocalFailure(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
