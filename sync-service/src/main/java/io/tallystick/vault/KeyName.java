package io.tallystick.vault;

/**
 * The name of a pair of keys: {@code holder/<holder id>/<class>} or {@code installation/<purpose>}.
 * Names are also paths of files, so nothing else can be written as one.
 */
public record KeyName(String text) {
  private static final String HOLDER = "holder/";
  private static final String INSTALLATION = "installation/";
  private static final String DIGITS = "0123456789";
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz";

  public KeyName {
    if (!isHolders(text) && !isInstallations(text)) {
      throw new IllegalArgumentException("not the name of a key");
    }
  }

  private static boolean isHolders(String text) {
    int slash = text.indexOf('/', HOLDER.length());
    return text.startsWith(HOLDER)
        && holds(text, HOLDER.length(), slash, 19, DIGITS)
        && holds(text, slash + 1, text.length(), 20, LETTERS);
  }

  private static boolean isInstallations(String text) {
    int from = INSTALLATION.length();
    return text.startsWith(INSTALLATION)
        && holds(text, from, text.length(), 40, LETTERS + DIGITS + "-")
        && LETTERS.indexOf(text.charAt(from)) >= 0;
  }

  // Looked at for each row that is sealed: a pattern takes ten times as long.
  private static boolean holds(String text, int from, int to, int most, String allowed) {
    if (to <= from || to - from > most) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (allowed.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
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
