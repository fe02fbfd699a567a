package dev.millrace.e2e.security;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Set;

/** The forms in which a secret word may turn up: raw, in base64 wherever it begins, in a URL. */
final class CanaryForms {
  private CanaryForms() {}

  static Set<String> of(String word) {
    var forms = new LinkedHashSet<String>();
    forms.add(word);
    forms.add(URLEncoder.encode(word, StandardCharsets.UTF_8));
    for (int before = 0; before < 3; before++) {
      String core = base64(word, before);
      forms.add(core);
      forms.add(core.replace('+', '-').replace('/', '_'));
    }
    return forms;
  }

  /** The digits that depend on the word alone, if so many bytes of its block come before it. */
  private static String base64(String word, int before) {
    byte[] bytes = ("\0".repeat(before) + word).getBytes(StandardCharsets.UTF_8);
    String digits = Base64.getEncoder().withoutPadding().encodeToString(bytes);
    int shared = before == 0 ? 0 : before + 1;
    int whole = bytes.length * 8 / 6;
    return digits.substring(shared, whole);
  }
}
