package io.tallystick.venue.binance.exports;

import java.util.List;
import java.util.Locale;

/**
 * Something the file does not tell and only a person knows. Nothing of the file is booked until it
 * is answered.
 *
 * @param topic what is asked; the key of the answer
 * @param text the question, as a sentence
 * @param choices the answers to offer; a zone may also be answered by any offset
 */
public record Question(Topic topic, String text, List<Choice> choices) {
  /** What can be asked. */
  public enum Topic {
    /** The offset from UTC that the file's times are written in. */
    ZONE,
    /** Whether a file holds deposits or withdrawals. */
    DIRECTION,
    /** Which margin mode the file's orders or fills belong to. */
    MARGIN_MODE,
    /** Whether {@code 5/1/2022} is in January or in May. */
    DATE_ORDER,
    /** Whether {@code 1,250} is a thousand or one and a quarter. */
    DECIMAL_MARK,
    /** Whether the columns of a header in an unknown language were guessed rightly. */
    COLUMNS,
    /** The encoding of the text. */
    ENCODING;

    /** The name in APIs. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * One answer.
   *
   * @param answer what to send back
   * @param label what to show
   */
  public record Choice(String answer, String label) {}

  public Question {
    choices = List.copyOf(choices);
  }
}
