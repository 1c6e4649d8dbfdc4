package io.tallystick.house;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tidiness of text, whatever it is written in. */
final class TextChecks {
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
  // Within a line: what is no comment is blank here, and would be walked again from each line on.
  private static final Pattern CODE_IN_COMMENT =
      Pattern.compile(
          "(?m)^[ \\t]*+(//|\\*)[ \\t]*([^{\\n]*;|.*[){] *\\{|}|import .*|return .*;)[ \\t]*$");
  private static final Pattern MACHINE_PATH =
      Pattern.compile(
          "(?<![\\w.])(/work/|/tmp/|/root/|/home/\\w|/Users/|[A-Z]:\\\\\\w|\\.\\./shared)");
  private static final Pattern WORKPLACE =
      Pattern.compile("(?i)\\b(artifactory|nexus-proxy|worktree|claude|chatgpt|copilot|llm)\\b");
  private static final Pattern MAIL =
      Pattern.compile("(?i)\\b[\\w.+-]+@(?!example\\.(org|com|net)\\b)[a-z0-9-]+\\.[a-z]{2,}\\b");
  private static final Pattern KNOWN_KEY =
      Pattern.compile(
          "-----BEGIN [A-Z ]*PRIVATE KEY-----[\\s\"+\\\\nr]*[A-Za-z0-9+/=]{40,}"
              + "|\\bAKIA[0-9A-Z]{16}\\b"
              + "|\\bgh[pousr]_[A-Za-z0-9]{30,}\\b"
              + "|\\beyJ[A-Za-z0-9_-]{15,}\\.eyJ[A-Za-z0-9_-]{15,}");
  // A venue's key: 64 characters, of both cases and digits, which no digest in hexadecimal is.
  private static final Pattern LONG_WORD =
      Pattern.compile(
          "(?<![A-Za-z0-9])(?=[A-Za-z0-9]*[g-z])(?=[A-Za-z0-9]*[G-Z])(?=[A-Za-z0-9]*[0-9])"
              + "[A-Za-z0-9]{64,}(?![A-Za-z0-9])");
  private static final Pattern LINK = Pattern.compile("(?<!!)\\[[^\\]\\n]+]\\(([^)\\s]*)\\)");

  private TextChecks() {}

  /**
   * A file as text.
   *
   * @param path from the project down, with forward slashes
   */
  record File(String path, String text) {}

  /** Checks of every text file of the project. */
  static List<Check<File>> ofAll() {
    return List.of(
        new Check<>("nothing is left for later", file -> found(UNFINISHED, file)),
        new Check<>(
            "no machine is named",
            // A container has its own folders.
            file -> file.path().startsWith("deploy/") ? Stream.of() : found(MACHINE_PATH, file)),
        new Check<>("no workplace is named", file -> found(WORKPLACE, file)),
        new Check<>("no character hides", TextChecks::hidden));
  }

  /** Checks of Java files as text. */
  static List<Check<File>> ofJava() {
    return List.of(
        new Check<>("there are no tabs", file -> found(Pattern.compile("\t"), file)),
        new Check<>("no code sleeps in a comment", TextChecks::sleepingCode),
        new Check<>(
            "letters outside texts and comments are plain",
            file -> found(Pattern.compile("[^\\x00-\\x7F]"), file, Lexer.code(file.text()))));
  }

  /** Checks of what is shipped or kept as an example. */
  static List<Check<File>> ofData() {
    return List.of(
        new Check<>("no key is kept", TextChecks::keys),
        new Check<>("nobody's address is kept", file -> found(MAIL, file)));
  }

  /** The check of links; takes what exists. */
  static Check<File> ofLinks(Predicate<String> exists) {
    return new Check<>("links lead somewhere", file -> brokenLinks(file, exists));
  }

  private static Stream<String> sleepingCode(File file) {
    return found(CODE_IN_COMMENT, file, Lexer.plainComments(file.text()));
  }

  private static Stream<String> keys(File file) {
    return Stream.concat(
        found(KNOWN_KEY, file),
        LONG_WORD
            .matcher(file.text())
            .results()
            .map(MatchResult::group)
            .filter(TextChecks::looksRandom));
  }

  // A demo key is filled up with zeros and an alphabet ascends; a real key does neither.
  private static boolean looksRandom(String word) {
    int equal = 0;
    int ascending = 0;
    for (int i = 1; i < word.length(); i++) {
      equal += word.charAt(i) == word.charAt(i - 1) ? 1 : 0;
      ascending += word.charAt(i) == word.charAt(i - 1) + 1 ? 1 : 0;
    }
    return equal < 8 && ascending < 8;
  }

  private static Stream<String> found(Pattern pattern, File file) {
    return found(pattern, file, file.text());
  }

  private static Stream<String> found(Pattern pattern, File file, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(hit -> "line " + line(text, hit.start()) + ": " + hit.group().strip());
  }

  private static Stream<String> hidden(File file) {
    // Spreadsheets put a mark of byte order before their tables; nowhere else is one innocent.
    boolean marked = file.path().endsWith(".csv") && file.text().startsWith("\uFEFF");
    String text = marked ? file.text().substring(1) : file.text();
    return text.codePoints()
        .filter(point ->
            Character.getType(point) == Character.FORMAT
                || Character.getType(point) == Character.PRIVATE_USE
                || point == 0xFFFD
                || point == 0xA0
                || Character.isISOControl(point) && point != '\n' && point != '\t' && point != '\r')
        .mapToObj(point -> String.format(Locale.ROOT, "U+%04X", point))
        .distinct();
  }

  private static Stream<String> brokenLinks(File file, Predicate<String> exists) {
    List<String> broken = new ArrayList<>();
    Matcher links = LINK.matcher(file.text());
    while (links.find()) {
      String target = links.group(1);
      if (target.matches("(https?|mailto):.*")) {
        continue;
      }
      String[] parts = target.split("#", 2);
      boolean here = parts[0].isEmpty();
      if (!here && !exists.test(resolve(file.path(), parts[0]))) {
        broken.add(target + " leads nowhere");
      }
      if (here && parts.length == 2 && !headings(file.text()).contains(parts[1])) {
        broken.add(target + " is no heading of this page");
      }
    }
    return broken.stream();
  }

  private static String resolve(String from, String link) {
    return java.nio.file.Path.of("/" + from)
        .resolveSibling(link)
        .normalize()
        .toString()
        .substring(1);
  }

  private static Set<String> headings(String text) {
    Set<String> anchors = new HashSet<>();
    text.lines()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
        .map(line -> line.replaceAll("[^\\p{L}\\p{N} -]", "").replace(' ', '-'))
        .forEach(anchors::add);
    return anchors;
  }

  private static long line(String text, int at) {
    return text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
  }
}
