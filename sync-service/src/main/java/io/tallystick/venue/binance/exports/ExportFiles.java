package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.Question.Choice;
import io.tallystick.venue.binance.exports.Question.Topic;
import io.tallystick.venue.binance.exports.Sniffer.Found;
import io.tallystick.venue.binance.exports.Sniffer.Look;
import io.tallystick.venue.binance.exports.file.Container;
import io.tallystick.venue.binance.exports.file.Content;
import io.tallystick.venue.binance.exports.file.CsvTable;
import io.tallystick.venue.binance.exports.file.Dialect;
import io.tallystick.venue.binance.exports.file.Encoding;
import io.tallystick.venue.binance.exports.file.Limits;
import io.tallystick.venue.binance.exports.file.Member;
import io.tallystick.venue.binance.exports.file.Table;
import io.tallystick.venue.binance.exports.file.XlsxTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The way in: recognises a file of a container, and opens its rows. Keeps nothing. */
public final class ExportFiles {
  private static final int FEWEST = 5;

  private final Limits limits;

  /** Reads within these limits. */
  public ExportFiles(Limits limits) {
    this.limits = limits;
  }

  /**
   * Says what a member is, by header and content; its name, and the archive's, are read for what
   * only they carry.
   *
   * @param answers what a person answered to earlier questions; an answer that makes no sense
   *     leaves its question open
   * @throws IOException when the file cannot be read from disk; a bad file is a result
   */
  public Recognition recognise(Container container, Member member, Map<Topic, String> answers)
      throws IOException {
    FileName name =
        member.name().equals(container.name())
            ? FileName.of(member.name())
            : FileName.of(container.name(), member.name());
    return switch (member.content()) {
      case EMPTY -> new Recognition.Empty(name.kind());
      case XLSX -> result(Sniffer.sheet(member, limits), name, answers, List.of());
      case TEXT -> text(member, name, answers);
      case ZIP, GZIP, TAR, ARCHIVE, PDF, HTML, XML, JSON, OLD_EXCEL, IMAGE, BINARY ->
          new Recognition.NotAnExport(member.content());
    };
  }

  private Recognition text(Member member, FileName name, Map<Topic, String> answers)
      throws IOException {
    Encoding.Guess guess = Sniffer.encoding(member);
    Encoding said = Encoding.labelled(answers.getOrDefault(Topic.ENCODING, ""));
    Encoding encoding = guess.sure() || said == null ? guess.encoding() : said;
    List<Question> asked = guess.sure() || said != null ? List.of() : List.of(whichEncoding());
    return result(Sniffer.text(member, encoding, limits), name, answers, asked);
  }

  private static Question whichEncoding() {
    return new Question(
        Topic.ENCODING,
        "The file is not UTF-8. In which encoding was it saved?",
        List.of(
            new Choice(Encoding.WINDOWS_1252.label(), "Windows, Western Europe"),
            new Choice(Encoding.UTF_8.label(), "UTF-8: report the rows that are damaged"),
            new Choice(Encoding.UTF_16LE.label(), "Unicode text (UTF-16, little endian)"),
            new Choice(Encoding.UTF_16BE.label(), "Unicode text (UTF-16, big endian)")));
  }

  private Recognition result(
      Look look, FileName name, Map<Topic, String> answers, List<Question> asked) {
    return switch (look) {
      case Found found -> known(found, name, answers, asked);
      case Sniffer.Foreign(String venue) -> new Recognition.OtherVenue(venue);
      // The venue stamps its names; a header of theirs in another language may stand alone.
      case Sniffer.Strange(List<String> header, boolean alone) ->
          alone && header.size() >= FEWEST && name.stamp() != null
              ? new Recognition.Empty(name.kind())
              : new Recognition.Unknown(header);
      case Sniffer.Nothing() -> new Recognition.Empty(name.kind());
      case Sniffer.Broken() -> new Recognition.NotAnExport(Content.BINARY);
    };
  }

  private Recognition known(
      Found found, FileName name, Map<Topic, String> answers, List<Question> asked) {
    Judge judge = new Judge(found, name, answers);
    Settings settings = judge.settings();
    List<Question> questions = new ArrayList<>(asked);
    questions.addAll(judge.questions());
    Shape shape = found.columns().shape();
    Plan plan = new Plan(found.columns(), found.dialect(), found.headerLine(), settings, limits);
    return new Recognition.Known(shape.kind(), shape.variant(), name, questions, plan);
  }

  /**
   * Opens the rows of a recognised member. The caller closes them.
   *
   * @throws IllegalArgumentException when a question is still open
   */
  public Rows rows(Recognition.Known known, Member member) throws IOException {
    if (!known.questions().isEmpty()) {
      throw new IllegalArgumentException("a file with open questions is not read");
    }
    Plan plan = known.plan();
    Dialect dialect = plan.dialect();
    Table table =
        dialect == null
            ? XlsxTable.open(member, plan.limits())
            : CsvTable.open(member, dialect, plan.limits());
    if (table == null) {
      throw new IOException("the spreadsheet opened before and does no more");
    }
    return new Rows(table, plan);
  }
}
