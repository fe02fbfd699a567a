package dev.millrace.s3;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.net.URI;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;
import org.jclouds.blobstore.TransientApiMetadata;
import org.slf4j.LoggerFactory;

/**
 * The JVM of an S3 server with one bucket in memory: {@code S3Process <bucket> <access key> <secret
 * key>}. It prints its port. A byte on its standard input is a number of answers to lose ({@link
 * LostAnswers}); it ends when that input closes: its parent is gone.
 */
public final class S3Process {
  private S3Process() {}

  public static void main(String[] arguments) throws Exception {
    if (LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(Level.ERROR);
    }
    String bucket = arguments[0];
    var objects =
        new LostAnswers(
            ContextBuilder.newBuilder(new TransientApiMetadata())
                .build(BlobStoreContext.class)
                .getBlobStore());
    objects.createContainerInLocation(null, bucket);
    S3Proxy server =
        S3Proxy.builder()
            .blobStore(objects)
            .endpoint(URI.create("http://127.0.0.1:0"))
            .ignoreUnknownHeaders(true) // clients name checksums that it does not know
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, arguments[1], arguments[2])
            .build();
    server.start();
    System.out.println(S3Server.PORT + server.getPort());
    for (int number = System.in.read(); number >= 0; number = System.in.read()) {
      objects.lose(number);
    }
    Runtime.getRuntime().halt(0);
  }
}
