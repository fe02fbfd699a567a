package dev.millrace.s3;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jclouds.blobstore.BlobStore;
import org.jclouds.blobstore.domain.MultipartPart;
import org.jclouds.blobstore.domain.MultipartUpload;
import org.jclouds.blobstore.util.ForwardingBlobStore;

/**
 * Objects whose uploads are completed while the client hears of a failure, as when a connection
 * breaks at the worst moment: it must neither lose nor double what it wrote.
 */
final class LostAnswers extends ForwardingBlobStore {
  private final AtomicInteger left = new AtomicInteger();

  LostAnswers(BlobStore objects) {
    super(objects);
  }

  /** Loses the answers to the next completions of what readers look at; not of checkpoints. */
  void lose(int completions) {
    left.set(completions);
  }

  @Override
  public String completeMultipartUpload(MultipartUpload upload, List<MultipartPart> parts) {
    String tag = super.completeMultipartUpload(upload, parts);
    boolean published = upload.blobName().matches(".*\\.(parquet|json)");
    if (published && left.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
      System.out.println("lost the answer about " + upload.blobName());
      throw new IllegalStateException("the answer is lost");
    }
    return tag;
  }
}
