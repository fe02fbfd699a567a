package dev.millrace.e2e.recovery;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.millrace.e2e.crd.Sample;

/** What a text tells to do: the lines {@code # good: } of a sample. */
final class Remedy {
  private static final YAMLMapper YAML = new YAMLMapper();

  private Remedy() {}

  /**
   * The judged document, corrected.
   *
   * @param hash of the plan that waits for approval
   */
  static ObjectNode of(Sample sample, String hash) {
    var good = sample.judged().deepCopy();
    for (var line : sample.comments("good")) {
      var words = line.split(" ", 2);
      try {
        put(good, JsonPointer.compile(words[0]), words.length < 2 ? "" : words[1], hash);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(sample + ": " + line, e);
      }
    }
    return good;
  }

  private static void put(ObjectNode document, JsonPointer path, String text, String hash)
      throws JsonProcessingException {
    var member = path.last().getMatchingProperty();
    var value = YAML.readTree(text.replace("<hash>", hash));
    if (document.at(path.head()) instanceof ArrayNode list) {
      if (text.isEmpty()) {
        list.remove(path.last().getMatchingIndex());
      } else if (member.equals("-")) {
        list.add(value);
      } else {
        list.set(path.last().getMatchingIndex(), value);
      }
    } else if (text.isEmpty()) {
      ((ObjectNode) document.at(path.head())).remove(member);
    } else {
      document.withObject(path.head()).set(member, value);
    }
  }
}
