package io.tallystick.venue;

import io.tallystick.ledger.Claim;
import io.tallystick.ledger.Entry;
import java.io.File;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A venue's history exports: files that its users download and upload here. */
public interface Exports {
  /**
   * Opens an uploaded file and says what it is; keeps nothing. The caller closes it.
   *
   * @param file where it lies
   * @param name the name its owner gave it, which for some facts is the only place
   * @param answers what a person answered to earlier questions, by topic
   * @throws IOException when the disk fails; a bad file is a result
   */
  Upload open(File file, String name, Map<String, String> answers) throws IOException;

  /** What people should know before they download another file, as sentences. */
  String advice();

  /** The version of the dictionary by which words of exports are read now; counts from 1. */
  int dictionary();

  /**
   * What to know about a kind of table whose rows are no events by themselves; null for all others.
   */
  @Nullable String caution(String kind);

  /** An uploaded file, opened. */
  interface Upload extends AutoCloseable {
    /** Why none of it can be read; null when it can. */
    @Nullable Refusal refusal();

    /** The tables in it, in their order. */
    List<Table> tables();

    /** Opens the lines of a table that has neither questions nor a refusal. */
    Lines lines(Table table, Stream.Markets markets) throws IOException;

    @Override
    void close() throws IOException;
  }

  /** The lines of a table, pulled one at a time; memory does not grow with the file. */
  interface Lines extends AutoCloseable {
    /** The next line, or the end; after the end, the end again. */
    Line next() throws IOException;

    @Override
    void close() throws IOException;
  }

  /**
   * Why a file or table cannot be read.
   *
   * @param code a stable name
   * @param text what is wrong and what would help, as sentences
   */
  record Refusal(String code, String text) {}

  /**
   * A table.
   *
   * @param index its place among the tables of the upload, from 0
   * @param name its file name, without folders
   * @param kind what it holds; null when nobody knows
   * @param variant which of the kind's headers it has
   * @param domain the kind of record its rows mostly are
   * @param export what all parts of one export, and no other export, have in common
   * @param part which part of a split export it is; 0 when it is whole
   * @param parts how many parts there are; 0 when the name does not say
   * @param questions what only a person knows; nothing is read before they are answered
   */
  record Table(
      int index,
      String name,
      @Nullable String kind,
      String variant,
      Domain domain,
      String export,
      int part,
      int parts,
      boolean empty,
      List<Asked> questions,
      @Nullable Refusal refusal) {
    public Table {
      questions = List.copyOf(questions);
    }
  }

  /** A question: topic, sentence, and the answers to offer with their labels. */
  record Asked(String topic, String text, Map<String, String> choices) {
    public Asked {
      choices = Map.copyOf(choices);
    }
  }

  /** The next thing a table said. */
  sealed interface Line {
    /**
     * A line that was read.
     *
     * @param number its number in the file, from 1
     * @param bytes the line as the file has it
     * @param account the venue's own id of the account that the line names; null without one
     */
    record Told(long number, byte[] bytes, @Nullable String account, Meaning meaning)
        implements Line {}

    /**
     * A line that was not.
     *
     * @param column the column at fault; empty when it is the whole line
     */
    record Broken(long number, String column, String code, String reason, String remedy)
        implements Line {}

    /**
     * No more lines.
     *
     * @param whole whether all of the table could be read
     * @param cut whether the last line had no line end, as a file has that was cut off
     */
    record End(boolean whole, boolean cut) implements Line {}
  }

  /** What a line means. */
  sealed interface Meaning {
    /**
     * An event with all that makes it one.
     *
     * @param domain the kind of record it is, as consents name it
     */
    record Event(Entry entry, Domain domain) implements Meaning {}

    /**
     * Something coarser.
     *
     * @param known whether its word is in the dictionary; else it keeps its effect on the balance
     */
    record Coarse(Claim claim, boolean known) implements Meaning {}

    /** Understood, and without effect on books. */
    record Nothing(String why) implements Meaning {}
  }
}
