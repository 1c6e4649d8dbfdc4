package io.tallystick.venue.binance.exports;

/** What a column is for, whatever its name in the file. */
enum Role {
  USER,
  AT(Form.TIME),
  UPDATED(Form.TIME),
  ACCOUNT,
  OPERATION,
  COIN,
  CHANGE(Form.NUMBER),
  REMARK,
  PAIR,
  SIDE,
  TYPE,
  PRICE(Form.NUMBER),
  BASE(Form.NUMBER),
  QUOTE(Form.NUMBER),
  BASE_ASSET,
  QUOTE_ASSET,
  FEE(Form.NUMBER),
  FEE_COIN,
  ORDER,
  CLIENT_ORDER,
  ORDERED(Form.NUMBER),
  AVERAGE(Form.NUMBER),
  STATUS,
  NETWORK,
  AMOUNT(Form.NUMBER),
  ADDRESS,
  TXID,
  SOURCE,
  MEMO,
  METHOD,
  GROSS(Form.NUMBER),
  NET(Form.NUMBER),
  REFERENCE,
  WALLET,
  SOLD(Form.NUMBER),
  BOUGHT(Form.NUMBER),
  FIAT,
  MAKER_FEE(Form.NUMBER),
  TAKER_FEE(Form.NUMBER),
  PRODUCT,
  PROFIT(Form.NUMBER),
  BUYER,
  MAKER,
  TRADE,
  MODE,
  /** Known, and not needed: it may hold what is not ours to keep. */
  UNUSED;

  private enum Form {
    TEXT,
    TIME,
    NUMBER
  }

  private final Form form;

  Role() {
    this(Form.TEXT);
  }

  Role(Form form) {
    this.form = form;
  }

  boolean isTime() {
    return form == Form.TIME;
  }

  boolean isNumber() {
    return form == Form.NUMBER;
  }
}
