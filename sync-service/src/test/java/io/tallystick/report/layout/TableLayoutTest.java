package io.tallystick.report.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.tallystick.kernel.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Columns are part of what a verifier lays out again: whoever changes one raises {@link
 * Table#LAYOUT}, so that packs of before are not called altered.
 */
class TableLayoutTest {
  private static final int LAYOUT = 3;
  private static final String COLUMNS = "b03d46d975ec2d8d";

  @Test
  void columnsChangeWithTheNumberOfTheLayoutOnly() {
    StringBuilder all = new StringBuilder();
    for (String profile : List.of("generic", "ie")) {
      for (Table table : Table.values()) {
        Sheet sheet = Laid.of(profile, List.of()).table(table, null);
        all.append(profile).append(' ').append(table.code()).append(' ');
        all.append(String.join(",", sheet.columns())).append('\n');
      }
    }
    byte[] digest = Digests.sha256(all.toString().getBytes(StandardCharsets.UTF_8));
    assertEquals(
        LAYOUT + " " + COLUMNS,
        Table.LAYOUT + " " + HexFormat.of().formatHex(digest).substring(0, 16),
        all.toString());
  }
}
