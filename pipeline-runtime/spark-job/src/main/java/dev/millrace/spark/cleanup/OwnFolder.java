package dev.millrace.spark.cleanup;

import dev.millrace.contract.CleanUpDocument;
import dev.millrace.contract.MillraceFailure;
import dev.millrace.contract.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses to delete below any folder but the one that is a resource's by its name. */
final class OwnFolder {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private static final Set<String> NOT_PLAIN = Set.of("", ".", "..");

  private OwnFolder() {}

  /**
   * @throws MillraceFailure {@link Reason#DEFINITION_REFUSED}
   */
  static void require(CleanUpDocument document) {
    boolean names =
        NAME.matcher(document.namespace()).matches() && NAME.matcher(document.name()).matches();
    String own = document.kind().location("", document.namespace(), document.name());
    if (!names || !document.location().endsWith(own) || !isPlain(document.location())) {
      throw new MillraceFailure(
          Reason.DEFINITION_REFUSED,
          document.location()
              + " is not the folder of "
              + document.kind().text()
              + " "
              + document.namespace()
              + "/"
              + document.name()
              + "; nothing is deleted");
    }
  }

  /** An absolute URI whose path has nothing to resolve: no {@code ..}, no doubled slash. */
  private static boolean isPlain(String location) {
    try {
      var uri = new URI(location);
      return uri.isAbsolute()
          && !uri.isOpaque()
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null
          && uri.getPath().equals(uri.getRawPath())
          && Arrays.stream(uri.getPath().split("/")).skip(1).noneMatch(NOT_PLAIN::contains);
    } catch (URISyntaxException e) {
      return false; // refused like any other location that is not ours
    }
  }
}
