package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.Question.Choice;
import io.tallystick.venue.binance.exports.Question.Topic;
import io.tallystick.venue.binance.exports.Sniffer.Found;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settles what the rows do not say by themselves: from the header, the name, the sample, and the
 * answers of a person. What none of them settles becomes a question; nothing is guessed.
 */
final class Judge {
  private final Found found;
  private final FileName name;
  private final Map<Topic, String> answers;
  private final Sample sample;
  private final List<Question> questions = new ArrayList<>();

  Judge(Found found, FileName name, Map<Topic, String> answers) {
    this.found = found;
    this.name = name;
    this.answers = answers;
    this.sample = new Sample(found.columns(), found.sample());
  }

  /** What is asked. Complete after {@link #settings}. */
  List<Question> questions() {
    return questions;
  }

  Settings settings() {
    // Of a report that books nothing, nothing needs to be confirmed.
    boolean guessed = found.guessed() && found.columns().shape().kind().holdsEvents();
    if (guessed && !answer(Topic.COLUMNS).equals("yes")) {
      questions.add(
          new Question(
              Topic.COLUMNS,
              "The header is in a language not seen before. Are its columns these, in this order: "
                  + String.join(", ", found.columns().shape().names())
                  + "?",
              List.of(new Choice("yes", "Yes"))));
    }
    return new Settings(zone(), numbers(), dates(), direction(), margin(), found.dialect() == null);
  }

  private String answer(Topic topic) {
    return answers.getOrDefault(topic, "").strip().toLowerCase(Locale.ROOT);
  }

  private ZoneOffset zone() {
    return switch (found.columns().shape().zone()) {
      case NOWHERE -> ZoneOffset.UTC;
      case HEADER -> headerZone();
      case CELL -> sample.everyTimeHasZone() ? ZoneOffset.UTC : onlyZone(named());
      case NAME -> onlyZone(named());
    };
  }

  private List<ZoneOffset> named() {
    List<ZoneOffset> zones = new ArrayList<>(found.preamble());
    name.zones().stream().filter(zone -> !zones.contains(zone)).forEach(zones::add);
    return zones;
  }

  // Headers that say neither UTC nor an offset are of years when all exports were in UTC; a name
  // with an offset contradicts that.
  private ZoneOffset headerZone() {
    List<ZoneOffset> zones = new ArrayList<>(found.columns().zones());
    boolean silent =
        zones.isEmpty() && found.columns().shape().names().stream().noneMatch(Judge::saysUtc);
    if (!silent && zones.size() < 2) {
      return zones.isEmpty() ? ZoneOffset.UTC : zones.getFirst();
    }
    if (silent) {
      zones.add(ZoneOffset.UTC);
      named().stream().filter(zone -> !zones.contains(zone)).forEach(zones::add);
    }
    return onlyZone(zones);
  }

  private static boolean saysUtc(String column) {
    return column.contains("utc");
  }

  private ZoneOffset onlyZone(List<ZoneOffset> zones) {
    if (zones.size() == 1) {
      return zones.getFirst();
    }
    ZoneOffset answered = Zones.parse(answer(Topic.ZONE));
    if (answered != null) {
      return answered;
    }
    String text =
        zones.isEmpty()
            ? "In which zone are the file's times? The name it was downloaded under says it,"
                + " for example (UTC--6) for six hours behind UTC."
            : "The file's name and its content name different zones. Which one is right?";
    List<Choice> choices = new ArrayList<>();
    for (ZoneOffset zone : zones.isEmpty() ? usual() : zones) {
      choices.add(new Choice(Zones.text(zone), Zones.text(zone)));
    }
    questions.add(new Question(Topic.ZONE, text, choices));
    return ZoneOffset.UTC;
  }

  private static List<ZoneOffset> usual() {
    List<ZoneOffset> zones = new ArrayList<>();
    for (int hours = -11; hours <= 13; hours++) {
      zones.add(ZoneOffset.ofHours(hours));
    }
    zones.add(ZoneOffset.ofHoursMinutes(3, 30));
    zones.add(ZoneOffset.ofHoursMinutes(5, 30));
    zones.add(ZoneOffset.ofHoursMinutes(5, 45));
    zones.add(ZoneOffset.ofHoursMinutes(9, 30));
    zones.sort((a, b) -> Integer.compare(a.getTotalSeconds(), b.getTotalSeconds()));
    return zones;
  }

  private NumberStyle numbers() {
    boolean semicolon = found.dialect() != null && found.dialect().delimiter() == ';';
    NumberStyle shown = sample.numbers(semicolon);
    if (shown != null) {
      return shown;
    }
    String answer = answer(Topic.DECIMAL_MARK);
    if (answer.equals("point") || answer.equals("comma")) {
      return answer.equals("point") ? NumberStyle.POINT : NumberStyle.COMMA;
    }
    questions.add(
        new Question(
            Topic.DECIMAL_MARK,
            "A spreadsheet has saved this file. What does 1,250 mean in it?",
            List.of(
                new Choice("comma", "One and a quarter: the comma is the decimal mark"),
                new Choice("point", "One thousand two hundred and fifty"))));
    return NumberStyle.POINT;
  }

  private DateOrder dates() {
    DateOrder shown = sample.dates();
    if (shown != null) {
      return shown;
    }
    String answer = answer(Topic.DATE_ORDER);
    if (answer.equals("day-first") || answer.equals("month-first")) {
      return answer.equals("day-first") ? DateOrder.DAY_FIRST : DateOrder.MONTH_FIRST;
    }
    questions.add(
        new Question(
            Topic.DATE_ORDER,
            "A spreadsheet has saved this file. Which date is 5/1/2022 in it?",
            List.of(
                new Choice("day-first", "5 January 2022"),
                new Choice("month-first", "1 May 2022"))));
    return DateOrder.DAY_FIRST;
  }

  private @Nullable Direction direction() {
    Shape shape = found.columns().shape();
    boolean directed =
        shape.kind() == ExportKind.CRYPTO_MOVEMENTS || shape.kind() == ExportKind.FIAT_MOVEMENTS;
    if (!directed
        || CryptoMovementReader.headerTells(shape)
        || FiatMovementReader.headerTells(shape)) {
      return null;
    }
    // Withdrawals cost a fee and deposits do not; a column of zeros proves nothing.
    boolean proved = shape.kind() == ExportKind.CRYPTO_MOVEMENTS && sample.someFee();
    List<Direction> named = name.directions();
    if (named.size() == 1 && !(proved && named.getFirst() == Direction.DEPOSIT)) {
      return named.getFirst();
    }
    if (named.isEmpty() && proved) {
      return Direction.WITHDRAWAL;
    }
    String answer = answer(Topic.DIRECTION);
    if (answer.equals("deposit") || answer.equals("withdrawal")) {
      return answer.equals("deposit") ? Direction.DEPOSIT : Direction.WITHDRAWAL;
    }
    questions.add(
        new Question(
            Topic.DIRECTION,
            "Deposit and withdrawal files of these years look the same. Which one is this?",
            List.of(new Choice("deposit", "Deposits"), new Choice("withdrawal", "Withdrawals"))));
    return null;
  }

  private MarginMode margin() {
    ExportKind kind = found.columns().shape().kind();
    if (kind != ExportKind.SPOT_TRADES && kind != ExportKind.SPOT_ORDERS) {
      return MarginMode.NONE;
    }
    MarginMode named = name.margin();
    if (named != null) {
      return named;
    }
    String answer = answer(Topic.MARGIN_MODE);
    for (MarginMode mode : MarginMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(answer)) {
        return mode;
      }
    }
    questions.add(
        new Question(
            Topic.MARGIN_MODE,
            "The file's name says margin. Which mode are its rows of?",
            List.of(
                new Choice("cross", "Cross margin"),
                new Choice("isolated", "Isolated margin"),
                new Choice("none", "None: they are spot rows"))));
    return MarginMode.NONE;
  }
}
