package io.tallystick.venue.binance.exports.file;

import io.tallystick.venue.binance.exports.file.Container.Reason;
import io.tallystick.venue.binance.exports.file.Container.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.regex.Pattern;

/**
 * Looks at the XML of a spreadsheet before the spreadsheet reader does, for what would make that
 * one hold too much in memory: entities, giant cells, columns beyond XFD, rows without end, a giant
 * string table. It follows tags, attributes and comments as an XML reader does, so that no way of
 * writing them hides one.
 */
final class SheetGuard extends OutputStream {
  // Excel's last column is XFD; a reference with more letters makes a reader grow an endless row.
  private static final int COLUMN_LETTERS = 3;
  private static final int ROW_DIGITS = 7;
  // As many columns as Excel has: cells that name no place stand one behind the other.
  private static final int CELLS = 16_384;
  private static final int NAME = 8;
  private static final int HEAD = 200;
  // "<?" behind a byte order mark.
  private static final int FIRST_TAG = 5;
  private static final String SHEET = "sheetData".substring(0, NAME);
  private static final Pattern ENCODING =
      Pattern.compile("encoding\\s*=\\s*[\"'](?!utf-8[\"'])", Pattern.CASE_INSENSITIVE);

  private enum Within {
    TEXT,
    NAME,
    TAG,
    VALUE,
    DECLARATION,
    COMMENT,
    INSTRUCTION
  }

  private final int cell;
  private final long most;
  private final boolean binary;
  private final StringBuilder head = new StringBuilder();
  private final StringBuilder name = new StringBuilder();
  private final StringBuilder attribute = new StringBuilder();
  private Within within = Within.TEXT;
  private boolean passed;
  private long total;
  private int run;
  private boolean declared;
  private boolean sheet;
  private int cells;
  private boolean inCell;
  private int ofCell;
  private boolean gap;
  private int quote;
  private boolean reference;
  private int letters;
  private int digits;
  private int last;
  private int beforeLast;

  /**
   * Guards one part.
   *
   * @param most most bytes of it
   * @param binary whether it may be a picture or the like, which is let through unseen
   */
  SheetGuard(Limits limits, long most, boolean binary) {
    this.cell = limits.line();
    this.most = most;
    this.binary = binary;
  }

  @Override
  public void write(int b) throws IOException {
    int value = b & 0xff;
    total++;
    if (binary && total <= 2) {
      passed = total == 1 ? !mayBeginXml(value) : passed || !mayGoOn(last, value);
    }
    if (!passed) {
      look(value);
    }
    beforeLast = last;
    last = value;
  }

  // A byte order mark, a blank or a tag; in sixteen bits, a zero.
  private static boolean mayBeginXml(int b) {
    return b == '<' || isBlank(b) || b == 0 || b == 0xef || b == 0xfe || b == 0xff;
  }

  private static boolean mayGoOn(int first, int second) {
    return switch (first) {
      case 0xff -> second == 0xfe;
      case 0 -> second == 0 || second == '<';
      default -> true;
    };
  }

  private void look(int b) throws Refusal {
    run = b == '<' ? 0 : run + 1;
    ofCell = inCell ? ofCell + 1 : 0;
    if (total > most || run > cell || ofCell > cell) {
      throw hostile("A cell or the string table is too large.");
    }
    if (b == 0) {
      throw hostile("A sheet is not UTF-8.");
    }
    if (total <= HEAD) {
      head.append((char) b);
    }
    switch (within) {
      case TEXT -> {
        if (b == '<') {
          within = Within.NAME;
          name.setLength(0);
        }
      }
      case NAME -> name(b);
      case TAG -> tag(b);
      case VALUE -> value(b);
      case DECLARATION -> {
        if (b != '-') {
          throw hostile("A sheet declares entities.");
        }
        within = last == '-' ? Within.COMMENT : within;
        run = 0;
      }
      case COMMENT -> within = b == '>' && ended('-') && run > 2 ? Within.TEXT : within;
      case INSTRUCTION -> {
        if (b == '>' && last == '?') {
          within = Within.TEXT;
          if (declared && (total > HEAD || ENCODING.matcher(head).find())) {
            throw hostile("A sheet is not UTF-8.");
          }
          declared = false;
        }
      }
    }
  }

  private boolean ended(int mark) {
    return last == mark && beforeLast == mark;
  }

  private void name(int b) throws Refusal {
    if (last == '<' && b == '!') {
      within = Within.DECLARATION;
    } else if (last == '<' && b == '?') {
      within = Within.INSTRUCTION;
      declared = total <= FIRST_TAG;
    } else if (b == '>' || isBlank(b) || (b == '/' && last != '<')) {
      element();
      attribute.setLength(0);
      gap = false;
      within = b == '>' ? Within.TEXT : Within.TAG;
    } else if (b == ':') {
      // What counts to a reader is the name without its prefix.
      name.setLength(!name.isEmpty() && name.charAt(0) == '/' ? 1 : 0);
    } else if (name.length() < NAME) {
      name.append((char) b);
    }
  }

  private void element() throws Refusal {
    String element = name.toString();
    sheet |= element.equals(SHEET);
    if (!sheet) {
      return;
    }
    switch (element) {
      case "row" -> {
        cells = 0;
        inCell = false;
      }
      case "c" -> {
        cells++;
        inCell = true;
        ofCell = 0;
        if (cells > CELLS) {
          throw hostile("A row has too many cells.");
        }
      }
      case "/c" -> inCell = false;
      default -> {}
    }
  }

  private void tag(int b) {
    if (b == '>') {
      within = Within.TEXT;
      inCell &= last != '/' || !"c".contentEquals(name);
    } else if (b == '"' || b == '\'') {
      within = Within.VALUE;
      quote = b;
      reference = sheet && "c".contentEquals(name) && "r".contentEquals(attribute);
      letters = 0;
      digits = 0;
    } else if (b == '=') {
      gap = false;
    } else if (isBlank(b)) {
      gap = true;
    } else if (b == ':') {
      attribute.setLength(0);
    } else {
      if (gap || last == '"' || last == '\'') {
        attribute.setLength(0);
        gap = false;
      }
      if (attribute.length() < NAME) {
        attribute.append((char) b);
      }
    }
  }

  private void value(int b) throws Refusal {
    if (b == quote) {
      within = Within.TAG;
      attribute.setLength(0);
    } else if (reference) {
      boolean letter = (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z');
      letters += letter ? 1 : 0;
      digits += letter ? 0 : 1;
      boolean odd = letter ? digits > 0 : b < '0' || b > '9';
      if (odd || letters > COLUMN_LETTERS || digits > ROW_DIGITS) {
        throw hostile("A cell lies beyond the last column or row.");
      }
    }
  }

  private static boolean isBlank(int b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private static Refusal hostile(String detail) {
    return new Refusal(Reason.HOSTILE_SHEET, detail);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      write(bytes[i]);
    }
  }
}
