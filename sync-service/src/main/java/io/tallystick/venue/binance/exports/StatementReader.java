package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.ExportRecord.StatementLine;
import io.tallystick.venue.binance.exports.Shape.ZoneIn;
import java.util.List;
import java.util.regex.Pattern;

/** The statement ("transaction records"): every change of every balance, without ids. */
final class StatementReader implements Reader {
  private static final Pattern SPLIT = Pattern.compile("[0-9]{3}(\\.[0-9]+)?");

  static final List<Shape> SHAPES =
      List.of(
          old("L1", "UTC_Time,Account,Operation,Coin,Change,Remark"),
          full("L2", ZoneIn.HEADER, "User_ID,UTC_Time,Account,Operation,Coin,Change,Remark"),
          full("L3", ZoneIn.NAME, "User ID,Time,Account,Operation,Coin,Change,Remark"),
          full("L3pt", ZoneIn.NAME, "ID do Usuário,Tempo,Conta,Operação,Moeda,Alterar,Observação"),
          full(
              "L3es",
              ZoneIn.NAME,
              "ID de usuario,Tiempo,Cuenta,Operación,Moneda,Cambio,Observación"));

  private static Shape old(String variant, String header) {
    return Shape.of(
        variant,
        ExportKind.STATEMENT,
        ZoneIn.HEADER,
        header,
        Role.AT,
        Role.ACCOUNT,
        Role.OPERATION,
        Role.COIN,
        Role.CHANGE,
        Role.REMARK);
  }

  private static Shape full(String variant, ZoneIn zone, String header) {
    return Shape.of(
        variant,
        ExportKind.STATEMENT,
        zone,
        header,
        Role.USER,
        Role.AT,
        Role.ACCOUNT,
        Role.OPERATION,
        Role.COIN,
        Role.CHANGE,
        Role.REMARK);
  }

  @Override
  public ExportRecord read(Fields row) {
    String user = row.text(Role.USER);
    return new StatementLine(
        user.isEmpty() ? null : user,
        row.time(Role.AT),
        row.needed(Role.ACCOUNT),
        row.needed(Role.OPERATION),
        row.asset(Role.COIN),
        row.signed(Role.CHANGE),
        remark(row));
  }

  // Old files write an empty remark as two quotation marks inside the quotes of the cell. No remark
  // is three digits: they are the end of an amount that a spreadsheet wrote with a comma.
  private static String remark(Fields row) {
    String remark = row.text(Role.REMARK);
    if (SPLIT.matcher(remark).matches()) {
      row.wrong(Role.CHANGE, Trouble.SPLIT_NUMBER);
    }
    return remark.equals("\"\"") ? "" : remark;
  }
}
