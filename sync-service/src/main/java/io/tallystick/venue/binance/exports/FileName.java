package io.tallystick.venue.binance.exports;

import java.text.Normalizer;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a file's name tells, which for some facts is the only place: the zone of a file of 2025 or
 * later, deposit or withdrawal of an old one, the margin mode, the part of a split export. A name
 * is a label; a renamed file tells less, and what it does not tell is asked.
 *
 * @param zones the zones it names; more than one is a contradiction
 * @param stamp the minute the export was made, as written ({@code yyyyMMddHHmm}); null without one
 * @param part which part of a split export this is; null when the name does not say
 * @param directions deposit or withdrawal; both is a contradiction
 * @param margin the margin mode; null when the name says margin and not which
 * @param kind the kind the name speaks of; null when it speaks of none
 * @param export what all parts of one export, and no other export, have in common
 */
public record FileName(
    List<ZoneOffset> zones,
    @Nullable String stamp,
    @Nullable Part part,
    List<Direction> directions,
    @Nullable MarginMode margin,
    @Nullable ExportKind kind,
    String export) {

  /**
   * A part of a split export; parts do not overlap.
   *
   * @param number which one, as the name counts
   * @param of how many there are; 0 when the name does not say
   */
  public record Part(int number, int of) {}

  private static final Pattern PART = Pattern.compile("-part([0-9]{1,4})-of([0-9]{1,4})");
  private static final Pattern SPARK = Pattern.compile("^part-([0-9]{5})-([0-9a-f-]{36})-c[0-9]+");
  private static final Pattern STAMP = Pattern.compile("(?<![0-9])(20[0-9]{10})(?![0-9])");
  private static final Pattern COPY = Pattern.compile("\\s*\\([0-9]{1,3}\\)(?=$|\\.|-part)");
  private static final Pattern EXTENSION = Pattern.compile("\\.(csv|xlsx|zip|gz|tar|tgz|txt)$");
  private static final Pattern SUFFIX = Pattern.compile("_[0-9a-f]{8}$");
  private static final Pattern DEPOSIT = Pattern.compile("deposit|einzahlung|vklad|depot");
  private static final Pattern WITHDRAWAL =
      Pattern.compile("withdraw|retiro|retirada|saque|levantamento|auszahlung|vyber|retrait");

  public FileName {
    zones = List.copyOf(zones);
    directions = List.copyOf(directions);
  }

  /** Reads a name. Any text is a name; most tell nothing. */
  public static FileName of(String given) {
    String plain = plain(given);
    String words = plain.replaceAll("[ _.]+", "-");
    Matcher stamp = STAMP.matcher(plain);
    return new FileName(
        zonesOf(plain),
        stamp.find() ? stamp.group(1) : null,
        partOf(plain),
        directionsOf(plain),
        marginOf(words),
        kindOf(words),
        exportOf(plain));
  }

  /** What an archive's name and its member's name tell together; the member's comes first. */
  public static FileName of(String archive, String member) {
    FileName inner = of(member);
    FileName outer = of(archive);
    List<ZoneOffset> zones = new ArrayList<>(inner.zones);
    outer.zones.stream().filter(zone -> !zones.contains(zone)).forEach(zones::add);
    return new FileName(
        zones,
        inner.stamp == null ? outer.stamp : inner.stamp,
        inner.part == null ? outer.part : inner.part,
        inner.directions.isEmpty() ? outer.directions : inner.directions,
        inner.margin == MarginMode.NONE ? outer.margin : inner.margin,
        inner.kind == null ? outer.kind : inner.kind,
        inner.stamp == null ? outer.export + "/" + inner.export : inner.export);
  }

  // Composed, without accents, lower case: some systems store accents apart.
  private static String plain(String given) {
    String last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    return Normalizer.normalize(last, Normalizer.Form.NFD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .strip();
  }

  private static List<ZoneOffset> zonesOf(String plain) {
    List<ZoneOffset> zones = new ArrayList<>();
    Matcher mark = Zones.MARK.matcher(plain);
    while (mark.find()) {
      ZoneOffset zone = Zones.parse(mark.group(1));
      if (zone != null && !zones.contains(zone)) {
        zones.add(zone);
      }
    }
    return zones;
  }

  private static @Nullable Part partOf(String plain) {
    Matcher part = PART.matcher(plain);
    if (part.find()) {
      return new Part(Integer.parseInt(part.group(1)), Integer.parseInt(part.group(2)));
    }
    Matcher spark = SPARK.matcher(plain);
    return spark.find() ? new Part(Integer.parseInt(spark.group(1)), 0) : null;
  }

  private static List<Direction> directionsOf(String plain) {
    List<Direction> found = new ArrayList<>();
    if (DEPOSIT.matcher(plain).find()) {
      found.add(Direction.DEPOSIT);
    }
    if (WITHDRAWAL.matcher(plain).find()) {
      found.add(Direction.WITHDRAWAL);
    }
    return found;
  }

  private static @Nullable MarginMode marginOf(String words) {
    boolean cross = words.contains("-cross");
    boolean isolated = words.contains("-isolated");
    if (cross != isolated) {
      return cross ? MarginMode.CROSS : MarginMode.ISOLATED;
    }
    return cross || words.contains("margin") ? null : MarginMode.NONE;
  }

  private static @Nullable ExportKind kindOf(String words) {
    ExportKind best = null;
    int most = 0;
    for (ExportKind kind : ExportKind.values()) {
      int length = kind.namedBy(words);
      if (length > most) {
        best = kind;
        most = length;
      }
    }
    return best;
  }

  private static String exportOf(String plain) {
    Matcher spark = SPARK.matcher(plain);
    if (spark.find()) {
      return spark.group(2);
    }
    String bare = EXTENSION.matcher(plain).replaceFirst("");
    bare = COPY.matcher(bare).replaceAll("");
    bare = PART.matcher(bare).replaceFirst("");
    return SUFFIX.matcher(bare).replaceFirst("");
  }
}
