package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.file.Damage;

/** All that can be wrong with a row, each with what to do about it. */
public enum Trouble {
  MALFORMED_TEXT(
      "The row holds bytes that are no text in this encoding.",
      "Upload the file as it was downloaded, or name its encoding."),
  ZERO_BYTE("The row holds a zero byte.", "Upload the file as it was downloaded."),
  STRAY_MARK(
      "A byte order mark stands inside the file.",
      "Files were joined: upload each of them on its own."),
  TOO_LONG("The row is longer than any row of an export.", "Download the export again."),
  QUOTES(
      "A quotation mark is opened and not closed, or text follows a closed one.",
      "Download the export again, or close the mark."),
  TOO_MANY_CELLS(
      "The row has more cells than the header names.",
      "A comma inside a number or name is not quoted: download the export again."),
  UNREADABLE_SHEET("The spreadsheet is broken from here on.", "Save it again, or use the CSV."),
  SPLIT_NUMBER(
      "What follows the amount looks like its last digits.",
      "A comma inside a number is not quoted: download the export again."),
  MISSING("The cell is empty, and the row means nothing without it.", "Download the export again."),
  NOT_A_NUMBER("The cell is not a number.", "Correct it from the venue's page, or download again."),
  NO_AMOUNT(
      "The cell says that there is no amount.",
      "Nothing to do if the venue shows no amount either; else correct the cell."),
  NEGATIVE(
      "The amount is negative, which it never is in this kind of file.",
      "Correct it from the venue's page, or download again."),
  NOT_A_TIME("The cell is not a date and time.", "Download the export again as CSV."),
  YEAR_OR_DAY(
      "A spreadsheet has saved this date, and may have taken the year for the day.",
      "Download the export again and upload it without opening it in a spreadsheet."),
  IMPOSSIBLE_TIME("The date does not exist or lies outside 2017 to 2099.", "Correct the date."),
  NO_UNIT("The amount does not say of which asset.", "Download the export again."),
  UNIT_NOT_IN_PAIR(
      "The amount's asset is not part of the pair.", "Correct the pair or the amount."),
  NOT_A_PAIR("The cell is not a trading pair.", "Correct it, or download again."),
  NOT_A_NAME("The cell is not the name of an asset.", "Correct it, or download again."),
  NOT_A_SIDE("The cell is neither BUY nor SELL.", "Correct it, or download again."),
  NOT_A_CHOICE("The cell is none of the words it can be.", "Download the export again."),
  NOT_A_STATUS(
      "Nobody knows this status, so nobody knows whether anything moved.",
      "Set the venue's pages to English and download the export again."),
  NOT_THE_TOTAL(
      "Price times quantity is far from the total: one of them lost its decimal mark.",
      "Download the export again and upload it without opening it in a spreadsheet."),
  DESTROYED_ID(
      "A spreadsheet has made a rounded number of the id.",
      "Download the export again and upload it without opening it in a spreadsheet."),
  NO_ORDER("The fill stands under no order.", "Keep the order's row above its fills."),
  TOO_MANY_ROWS("The file has more rows than one import takes.", "Export shorter ranges.");

  private final String reason;
  private final String remedy;

  Trouble(String reason, String remedy) {
    this.reason = reason;
    this.remedy = remedy;
  }

  /** What is wrong, as a sentence. */
  public String reason() {
    return reason;
  }

  /** What to do about it, as a sentence. */
  public String remedy() {
    return remedy;
  }

  static Trouble of(Damage damage) {
    return switch (damage) {
      case MALFORMED -> MALFORMED_TEXT;
      case ZERO_BYTE -> ZERO_BYTE;
      case STRAY_MARK -> STRAY_MARK;
      case TOO_LONG -> TOO_LONG;
      case QUOTES -> QUOTES;
      case TOO_MANY_CELLS -> TOO_MANY_CELLS;
      case SHEET -> UNREADABLE_SHEET;
    };
  }
}
