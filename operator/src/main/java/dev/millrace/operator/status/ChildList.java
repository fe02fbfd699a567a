package dev.millrace.operator.status;

import dev.millrace.operator.observe.ChildHealth;
import dev.millrace.operator.observe.ChildObservation;
import dev.millrace.operator.observe.ChildRef;
import dev.millrace.v1alpha1.featurepipelinestatus.Children;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code status.children}: each child once, in the order of application, at most 64; those that are
 * ready give way first. Both kinds have the same entries.
 */
final class ChildList {
  static final int MOST = 64;
  private static final int LONGEST_MESSAGE = 1024;
  private static final int LONGEST_NAME = 512;

  private ChildList() {}

  static List<Children> of(
      List<ChildObservation> children, List<ApplyFailure> failures, String namespace) {
    var messages = new LinkedHashMap<ChildRef, Optional<String>>();
    for (ChildObservation child : children) {
      messages.merge(child.ref(), message(child.health()), (a, b) -> a.isPresent() ? a : b);
    }
    for (ApplyFailure failure : failures) {
      messages.put(failure.ref(), Optional.of(failure.message()));
    }
    var entries = new ArrayList<Children>();
    for (Map.Entry<ChildRef, Optional<String>> each : messages.entrySet()) {
      entries.add(entry(each.getKey(), each.getValue(), namespace));
    }
    while (entries.size() > MOST) {
      entries.remove(lastReady(entries));
    }
    return entries;
  }

  private static int lastReady(List<Children> entries) {
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).getReady()) {
        return i;
      }
    }
    return entries.size() - 1;
  }

  private static Optional<String> message(ChildHealth health) {
    return Finding.of(health).map(Finding::message);
  }

  private static Children entry(ChildRef ref, Optional<String> message, String namespace) {
    var child = new Children();
    child.setKind(ref.kind());
    child.setName(Texts.cut(ref.text(namespace), LONGEST_NAME));
    child.setReady(message.isEmpty());
    child.setMessage(
        Texts.cut(message.map(text -> withoutName(text, ref)).orElse(""), LONGEST_MESSAGE));
    return child;
  }

  /** The entry names the child already. */
  private static String withoutName(String message, ChildRef ref) {
    String name = ref.toString();
    if (message.startsWith(name + ": ")) {
      return message.substring(name.length() + 2);
    }
    return message.startsWith(name + " ") ? message.substring(name.length() + 1) : message;
  }
}
