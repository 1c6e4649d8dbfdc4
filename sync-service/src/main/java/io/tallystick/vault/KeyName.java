package io.tallystick.vault;

import java.util.regex.Pattern;

/**
 * The name of a pair of keys: {@code holder/<holder id>/<class>} or {@code installation/<purpose>}.
 * Names are also paths of files, so nothing else can be written as one.
 */
public record KeyName(String text) {
  private static final Pattern FORM =
      Pattern.compile("holder/[0-9]{1,19}/[a-z]{1,20}|installation/[a-z][a-z0-9-]{0,39}");

  public KeyName {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("not the name of a key");
    }
  }

  /** The keys of a holder's class; holder 0 stands for rows that concern no holder. */
  public static KeyName holder(long holder, RetentionClass retention) {
    return new KeyName("holder/" + holder + "/" + retention.code());
  }

  /** Keys of the whole installation for one purpose, a lower-case word with hyphens. */
  public static KeyName installation(String purpose) {
    return new KeyName("installation/" + purpose);
  }

  @Override
  public String toString() {
    return text;
  }
}
