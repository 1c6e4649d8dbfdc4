package io.tallystick.vault;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class KeyNameTest {
  private static final long SEED = 19;
  private static final Pattern FORM =
      Pattern.compile("holder/[0-9]{1,19}/[a-z]{1,20}|installation/[a-z][a-z0-9-]{0,39}");
  private static final String[] PIECES = {
    "holder/",
    "installation/",
    "/",
    "..",
    "12",
    "0123456789012345678",
    "9",
    "raw",
    "cursor",
    "-",
    "a",
    "abcdefghijklmnopqrst",
    "A",
    "é",
    " ",
    "\n"
  };

  @Test
  void onlyWhatCanBeAPathOfItsOwnIsAName() {
    Random random = new Random(SEED);
    int good = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder(PIECES[random.nextInt(2)]);
      for (int left = random.nextInt(5); left > 0; left--) {
        text.append(PIECES[random.nextInt(PIECES.length)]);
      }
      boolean expected = FORM.matcher(text).matches();
      assertEquals(expected, isName(text.toString()), "seed " + SEED + ", " + text);
      good += expected ? 1 : 0;
    }
    assertEquals(true, good > 100, "names among them: " + good);
  }

  private static boolean isName(String text) {
    try {
      return new KeyName(text).text().equals(text);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
