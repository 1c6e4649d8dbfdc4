package io.tallystick.venue.binance.importing;

import io.tallystick.venue.Domain;
import io.tallystick.venue.Exports;
import io.tallystick.venue.Stream;
import io.tallystick.venue.binance.exports.ExportFiles;
import io.tallystick.venue.binance.exports.ExportKind;
import io.tallystick.venue.binance.exports.FileName;
import io.tallystick.venue.binance.exports.Operations;
import io.tallystick.venue.binance.exports.Question;
import io.tallystick.venue.binance.exports.Question.Topic;
import io.tallystick.venue.binance.exports.Recognition;
import io.tallystick.venue.binance.exports.Rows;
import io.tallystick.venue.binance.exports.file.Container;
import io.tallystick.venue.binance.exports.file.Limits;
import io.tallystick.venue.binance.exports.file.Member;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Every export file of Binance. */
public final class BinanceExports implements Exports {
  // Help pages of 2026 say up to 15 statements a month; the life of a link was seen, not promised.
  private static final String ADVICE =
      "Binance keeps an export for download for seven days, and makes only so many in a month (15"
          + " statements, of up to a year each): ask for long periods, and keep the files.";

  private static final int DICTIONARY = Operations.load().version();

  private final ExportFiles files;
  private final Limits limits;

  /** Reads within the service's limits. */
  public BinanceExports() {
    limits = Limits.STANDARD;
    files = new ExportFiles(limits);
  }

  @Override
  public Upload open(File file, String name, Map<String, String> answers) throws IOException {
    return switch (Container.open(file.toPath(), name, limits)) {
      case Container.Refused(Container.Reason reason, String detail) ->
          new Bad(new Refusal(code(reason), detail));
      case Container.Opened(Container container) -> {
        Map<Topic, String> topics = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
          String answer = answers.get(topic.code());
          if (answer != null) {
            topics.put(topic, answer);
          }
        }
        List<Opened> tables = new ArrayList<>();
        for (Member member : container.members()) {
          tables.add(opened(tables.size(), member, files.recognise(container, member, topics)));
        }
        yield new Good(files, container, List.copyOf(tables));
      }
    };
  }

  @Override
  public String advice() {
    return ADVICE;
  }

  @Override
  public int dictionary() {
    return DICTIONARY;
  }

  @Override
  public @Nullable String caution(String kind) {
    return kind.equals(ExportKind.TAX_REPORT.code())
        ? "The tax tool's report merges and rounds what other files tell, and may have been edited:"
            + " nothing of it is booked. Bring the transaction history."
        : kind.equals(ExportKind.FUTURES_POSITIONS.code())
            ? "Positions are made of fills and their results: nothing of this page is booked. Bring"
                + " the futures transaction history."
            : null;
  }

  private record Opened(Table table, Member member, Recognition.@Nullable Known known) {}

  /** A file that is not opened. */
  private record Bad(Refusal refusal) implements Upload {
    @Override
    public List<Table> tables() {
      return List.of();
    }

    @Override
    public Lines lines(Table table, Stream.Markets markets) {
      throw new IllegalArgumentException("nothing of this file can be read");
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  private record Good(ExportFiles files, Container container, List<Opened> opened)
      implements Upload {
    @Override
    public @Nullable Refusal refusal() {
      return opened.isEmpty() ? new Refusal("no-tables", "The archive holds no file.") : null;
    }

    @Override
    public List<Table> tables() {
      return opened.stream().map(Opened::table).toList();
    }

    @Override
    public Lines lines(Table table, Stream.Markets markets) throws IOException {
      Opened one = opened.get(table.index());
      Recognition.Known known = one.known();
      if (known == null) {
        throw new IllegalArgumentException("this table cannot be read");
      }
      Rows rows = files.rows(known, one.member());
      return new ReadLines(rows, new Meanings(markets));
    }

    @Override
    public void close() throws IOException {
      container.close();
    }
  }

  private static Opened opened(int index, Member member, Recognition recognition) {
    String name = member.name();
    return switch (recognition) {
      case Recognition.Known known -> new Opened(table(index, name, known), member, known);
      case Recognition.Empty(ExportKind kind) ->
          new Opened(
              new Table(
                  index,
                  name,
                  kind == null ? null : kind.code(),
                  "",
                  domain(kind),
                  name,
                  0,
                  0,
                  true,
                  List.of(),
                  null),
              member,
              null);
      case Recognition.OtherVenue(String venue) ->
          refused(index, member, "other-venue", "This is an export of " + venue + ".");
      case Recognition.NotAnExport what ->
          refused(
              index,
              member,
              "not-an-export",
              "This is " + what.what().words() + ", no export. Download the CSV or XLSX file.");
      case Recognition.Unknown(List<String> header) ->
          refused(
              index,
              member,
              "unknown-header",
              // Nothing of the first row is repeated: it may be no header, but a person's data.
              "Nobody knows a table with these "
                  + header.size()
                  + " columns. Set the venue's pages to English, download it again, and leave its"
                  + " columns as they are.");
    };
  }

  private static Opened refused(int index, Member member, String code, String text) {
    Table table =
        new Table(
            index,
            member.name(),
            null,
            "",
            Domain.TRADES,
            member.name(),
            0,
            0,
            false,
            List.of(),
            new Refusal(code, text));
    return new Opened(table, member, null);
  }

  private static Table table(int index, String name, Recognition.Known known) {
    var part = known.name().part();
    return new Table(
        index,
        name,
        known.kind().code(),
        known.variant(),
        domain(known.kind()),
        known.name().export(),
        part == null ? 0 : place(part),
        part == null ? 0 : part.of(),
        false,
        known.questions().stream().map(BinanceExports::asked).toList(),
        null);
  }

  // Names that say how many parts there are count them from 1; Spark counts from 0.
  private static int place(FileName.Part part) {
    return part.of() > 0 ? Math.max(1, part.number()) : part.number() + 1;
  }

  private static Asked asked(Question question) {
    Map<String, String> choices = new LinkedHashMap<>();
    question.choices().forEach(choice -> choices.put(choice.answer(), choice.label()));
    return new Asked(question.topic().code(), question.text(), choices);
  }

  private static String code(Container.Reason reason) {
    return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Consents speak of domains; the statement tells of all, and is asked for as trades are. */
  private static Domain domain(@Nullable ExportKind kind) {
    return switch (kind) {
      case null -> Domain.TRADES;
      case STATEMENT, SPOT_TRADES, TAX_REPORT -> Domain.TRADES;
      case SPOT_ORDERS -> Domain.ORDERS;
      case CRYPTO_MOVEMENTS -> Domain.DEPOSITS;
      case FIAT_MOVEMENTS, FIAT_PURCHASES -> Domain.FIAT;
      case CONVERTS -> Domain.CONVERTS;
      case P2P_ORDERS -> Domain.P2P;
      case EARN_INTEREST, ETH2_STAKING -> Domain.EARN;
      case AUTO_INVEST -> Domain.AUTO_INVEST;
      case DUST -> Domain.DUST;
      case MARGIN_LOANS, MARGIN_INTEREST -> Domain.MARGIN;
      case FUTURES_INCOME, FUTURES_TRADES, FUTURES_POSITIONS -> Domain.FUTURES;
    };
  }
}
