package io.tallystick.demo;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Planted secrets, and the search for them in whatever form somebody may have written them. */
final class Canaries {
  private static final Pattern SIGNATURE = Pattern.compile("(?i)signature=[^&\\s\"']+");

  private final Map<String, List<String>> forms = new LinkedHashMap<>();

  /** Plants a secret text. */
  void plant(String name, String secret) {
    plant(name, secret.getBytes(StandardCharsets.UTF_8));
    forms
        .get(name)
        .addAll(
            List.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                new StringBuilder(secret).reverse().toString()));
  }

  /** Plants secret bytes. */
  void plant(String name, byte[] secret) {
    List<String> all = new ArrayList<>();
    String hex = HexFormat.of().formatHex(secret);
    all.add(hex);
    all.add(hex.toUpperCase(Locale.ROOT));
    all.add(new StringBuilder(hex).reverse().toString());
    // Inside a longer text, base64 begins at any of three offsets: its whole middle is looked for.
    for (int offset = 0; offset < 3; offset++) {
      byte[] shifted = new byte[secret.length + offset];
      System.arraycopy(secret, 0, shifted, offset, secret.length);
      String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
      String middle = text.substring(offset == 0 ? 0 : 4, text.length() - 2);
      all.add(middle);
      all.add(middle.replace('+', '-').replace('/', '_'));
      all.add(URLEncoder.encode(middle, StandardCharsets.UTF_8));
    }
    forms.put(name, all);
  }

  /** Where which secret was found; empty when the text is clean. Never repeats the secret. */
  List<String> foundIn(String where, String text) {
    List<String> found = new ArrayList<>();
    forms.forEach((name, all) -> {
      for (int i = 0; i < all.size(); i++) {
        if (text.contains(all.get(i))) {
          found.add(name + " (form " + i + ") in " + where);
        }
      }
    });
    Matcher signature = SIGNATURE.matcher(text);
    if (signature.find()) {
      found.add("a signature in " + where);
    }
    return found;
  }

  /** Every form in which each secret is looked for, for the test of the search itself. */
  Map<String, List<String>> forms() {
    return forms;
  }
}
