package io.tallystick.house;

/** Takes Java text apart into code, texts and comments; what is left out leaves blanks. */
final class Lexer {
  private enum In {
    CODE,
    TEXT,
    BLOCK,
    CHARACTER,
    LINE_COMMENT,
    COMMENT,
    DOC
  }

  private final String text;
  private final StringBuilder code = new StringBuilder();
  private final StringBuilder comments = new StringBuilder();
  private In in = In.CODE;

  private Lexer(String text) {
    this.text = text;
    int at = 0;
    while (at < text.length()) {
      at += step(at);
    }
  }

  /** The code alone. */
  static String code(String text) {
    return new Lexer(text).code.toString();
  }

  /** The comments alone, without documentation. */
  static String plainComments(String text) {
    return new Lexer(text).comments.toString();
  }

  private int step(int at) {
    return switch (in) {
      case CODE -> open(at);
      case TEXT -> close(at, "\"", In.TEXT);
      case BLOCK -> close(at, "\"\"\"", In.BLOCK);
      case CHARACTER -> close(at, "'", In.CHARACTER);
      case LINE_COMMENT -> close(at, "\n", In.LINE_COMMENT);
      case COMMENT -> close(at, "*/", In.COMMENT);
      case DOC -> close(at, "*/", In.DOC);
    };
  }

  private int open(int at) {
    if (text.startsWith("\"\"\"", at)) {
      return enter(In.BLOCK, at, 3);
    } else if (text.startsWith("\"", at)) {
      return enter(In.TEXT, at, 1);
    } else if (text.startsWith("'", at)) {
      return enter(In.CHARACTER, at, 1);
    } else if (text.startsWith("//", at)) {
      return enter(In.LINE_COMMENT, at, 2);
    } else if (text.startsWith("/**", at) && !text.startsWith("/**/", at)) {
      return enter(In.DOC, at, 3);
    } else if (text.startsWith("/*", at)) {
      return enter(In.COMMENT, at, 2);
    }
    return keep(at, 1);
  }

  private int enter(In next, int at, int length) {
    in = next;
    return keep(at, length);
  }

  private int close(int at, String end, In now) {
    boolean escaped =
        text.charAt(at) == '\\' && (now == In.TEXT || now == In.BLOCK || now == In.CHARACTER);
    if (escaped) {
      return keep(at, Math.min(2, text.length() - at));
    }
    if (text.startsWith(end, at)) {
      int kept = keep(at, end.length());
      in = In.CODE;
      return kept;
    }
    return keep(at, 1);
  }

  private int keep(int at, int length) {
    for (int i = at; i < at + length; i++) {
      char c = text.charAt(i);
      char blank = c == '\n' ? '\n' : ' ';
      code.append(in == In.CODE ? c : blank);
      comments.append(in == In.LINE_COMMENT || in == In.COMMENT ? c : blank);
    }
    return length;
  }
}
