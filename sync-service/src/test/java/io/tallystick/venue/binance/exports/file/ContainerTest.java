package io.tallystick.venue.binance.exports.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tallystick.venue.binance.exports.file.Container.Opened;
import io.tallystick.venue.binance.exports.file.Container.Opening;
import io.tallystick.venue.binance.exports.file.Container.Reason;
import io.tallystick.venue.binance.exports.file.Container.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is opened, and what is refused before anybody reads it. */
final class ContainerTest {

  @TempDir private Path folder;

  private Opening open(byte[] content) throws IOException {
    return open(content, Limits.STANDARD);
  }

  private Opening open(byte[] content, Limits limits) throws IOException {
    Path file = folder.resolve("upload");
    Files.write(file, content);
    return Container.open(file, "given.zip", limits);
  }

  private Reason refused(byte[] content) throws IOException {
    return assertInstanceOf(Refused.class, open(content)).reason();
  }

  @Test
  void anArchiveShowsItsTablesWithoutFoldersAndLeftovers() throws IOException {
    byte[] zip =
        Archives.zip("x/", "x/part-1.csv", "x/_SUCCESS", "x/.part-1.crc", "__MACOSX/x/._part-1");
    try (Container container = assertInstanceOf(Opened.class, open(zip)).container()) {
      assertEquals(List.of("part-1.csv"), container.members().stream().map(Member::name).toList());
      Member member = container.members().getFirst();
      assertEquals(Content.TEXT, member.content());
      assertEquals(2, member.open().readAllBytes().length / 4);
    }
  }

  @Test
  void aTarIsReadMemberByMemberAsOftenAsWanted() throws IOException {
    byte[] two =
        Archives.tar(tar -> {
          Archives.put(tar, "a.csv", Archives.TABLE);
          Archives.put(tar, "b.csv", "c,d\n".getBytes(StandardCharsets.UTF_8));
        });
    try (Container container = assertInstanceOf(Opened.class, open(two)).container()) {
      for (int i = 0; i < 2; i++) {
        try (var in = container.members().get(1).open()) {
          assertEquals("c,d\n", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
  }

  @Test
  @DisplayName("F71 a bomb is stopped by what comes out of it, whatever its headers say")
  void aBombIsStopped() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("zeros.csv"));
      fill(zip, 64 << 20);
    }
    assertEquals(Reason.PACKED_TOO_TIGHTLY, refused(bytes.toByteArray()));
    byte[] gzipped =
        Archives.tar(tar -> {
          TarArchiveEntry entry = new TarArchiveEntry("zeros.csv");
          entry.setSize(64 << 20);
          tar.putArchiveEntry(entry);
          fill(tar, 64 << 20);
          tar.closeArchiveEntry();
        });
    assertEquals(Reason.PACKED_TOO_TIGHTLY, refused(gzipped));
  }

  private static void fill(OutputStream out, int bytes) throws IOException {
    byte[] zeros = new byte[1 << 20];
    Arrays.fill(zeros, (byte) '0');
    for (int written = 0; written < bytes; written += zeros.length) {
      out.write(zeros);
    }
  }

  @Test
  @DisplayName("F71 a size in the directory that is a lie changes nothing")
  void aLyingSizeChangesNothing() throws IOException {
    byte[] zip = Archives.zip("a.csv");
    // The uncompressed size in the central directory, 24 bytes after its signature.
    for (int at = 0; at < zip.length - 4; at++) {
      if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 1 && zip[at + 3] == 2) {
        Arrays.fill(zip, at + 24, at + 28, (byte) 0x7f);
      }
    }
    Opening opening = open(zip);
    if (opening instanceof Opened opened) {
      try (Container container = opened.container()) {
        try (var in = container.members().getFirst().open()) {
          assertEquals(Archives.TABLE.length, in.readAllBytes().length);
        }
      }
    } else {
      assertEquals(Reason.DAMAGED, assertInstanceOf(Refused.class, opening).reason());
    }
  }

  @Test
  @DisplayName("F71 more bytes than allowed are refused, packed or unpacked")
  void tooManyBytesAreRefused() throws IOException {
    Limits small = new Limits(100, 200, 20, 64, 16, 10, 1000);
    assertEquals(
        Reason.TOO_LARGE, assertInstanceOf(Refused.class, open(new byte[101], small)).reason());
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("zeros.csv"));
      fill(zip, 1 << 20);
    }
    Limits tight = new Limits(bytes.size() + 10, 10_000, 20, 64, 16, 10, 1000);
    assertEquals(
        Reason.TOO_LARGE,
        assertInstanceOf(Refused.class, open(bytes.toByteArray(), tight)).reason());
  }

  @Test
  @DisplayName("F71 an archive inside an archive is refused")
  void nestingIsRefused() throws IOException {
    byte[] inner = Archives.zip("a.csv");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("inner.csv"));
      zip.write(inner);
    }
    assertEquals(Reason.NESTED, refused(bytes.toByteArray()));
    assertEquals(
        Reason.NESTED, refused(Archives.tar(tar -> Archives.put(tar, "inner.zip", inner))));
    assertEquals(1, leftIn(folder), "nothing unpacked is left behind");
  }

  private static long leftIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @Test
  @DisplayName("F71 too many members are refused, and hundreds of thousands before they are listed")
  void crowdsAreRefused() throws IOException {
    String[] names = new String[21];
    Arrays.setAll(names, i -> i + ".csv");
    assertEquals(Reason.TOO_MANY_MEMBERS, refused(Archives.zip(names)));
    String[] many = new String[2000];
    Arrays.setAll(many, i -> i + ".csv");
    assertEquals(Reason.TOO_MANY_MEMBERS, refused(Archives.zip(many)));
  }

  @Test
  @DisplayName("F71 a directory is bound by its size, whatever count it tells")
  void aDirectoryThatLiesAboutItsCountIsRefused() throws IOException {
    String[] many = new String[8_000];
    Arrays.fill(many, "x".repeat(60) + ".csv");
    byte[] zip = Archives.zip(many);
    for (int at : new int[] {8, 10}) {
      zip[zip.length - 22 + at] = 1;
      zip[zip.length - 22 + at + 1] = 0;
    }
    assertEquals(Reason.TOO_MANY_MEMBERS, refused(zip), "and not for its names, which are alike");
  }

  @ParameterizedTest
  @ValueSource(bytes = {TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC})
  @DisplayName("F71 a tar's names and extended headers are no place to hide megabytes in")
  void giantHeadersOfATarAreRefused(byte type) throws IOException {
    try (Container container =
        assertInstanceOf(Opened.class, open(extended(type, 300))).container()) {
      assertEquals(3, container.members().size());
    }
    assertEquals(Reason.TOO_LARGE, refused(extended(type, 2_000_000)));
  }

  /** Members, one of them behind a header of so many bytes that belongs to it. */
  private static byte[] extended(byte type, int length) throws IOException {
    String text = "n".repeat(length);
    String record = " comment=" + text + "\n";
    int size = record.length() + Integer.toString(record.length() + 3).length();
    byte[] content =
        (type == TarConstants.LF_GNUTYPE_LONGNAME ? text + "\0" : size + record)
            .getBytes(StandardCharsets.US_ASCII);
    return Archives.tar(out -> {
      Archives.put(out, "a.csv", new byte[300_000]);
      TarArchiveEntry header = new TarArchiveEntry("header", type);
      header.setSize(content.length);
      out.putArchiveEntry(header);
      out.write(content);
      out.closeArchiveEntry();
      Archives.put(out, "c.csv", Archives.TABLE);
      Archives.put(out, "b.csv", Archives.TABLE);
    });
  }

  @Test
  @DisplayName("F76 a half-written archive is refused")
  void aHalfWrittenArchiveIsRefused() throws IOException {
    byte[] zip = Archives.zip("a.csv", "b.csv");
    assertEquals(Reason.DAMAGED, refused(Arrays.copyOf(zip, zip.length * 6 / 10)));
    byte[] tar = Archives.tar(out -> Archives.put(out, "a.csv", new byte[100_000]));
    assertEquals(Reason.DAMAGED, refused(Arrays.copyOf(tar, tar.length / 2)));
    byte[] flipped = Archives.zip("a.csv");
    flipped[40] ^= 1;
    assertTrue(List.of(Reason.DAMAGED, Reason.UNSAFE_NAME).contains(refused(flipped)));
  }

  @Test
  void aWorkbookThatDeclaresEntitiesOrMacrosIsRefused() throws IOException {
    String sheet =
        "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><worksheet>&e;</worksheet>";
    assertEquals(Reason.HOSTILE_SHEET, refused(Archives.workbook(sheet, "x")));
    assertEquals(Reason.MACROS, refused(Archives.workbook("<worksheet/>", "xl/vbaProject.bin")));
    String far = "<worksheet><sheetData><row><c r=\"ZZZZZZ1\"/></row></sheetData></worksheet>";
    assertEquals(Reason.HOSTILE_SHEET, refused(Archives.workbook(far, "x")));
    String theme = "<worksheet><sysClr lastClr=\"FFFFFF\"/></worksheet>";
    try (Container container =
        assertInstanceOf(Opened.class, open(Archives.workbook(theme, "x"))).container()) {
      assertEquals(Content.XLSX, container.members().getFirst().content());
    }
    String giant = "<worksheet>" + "y".repeat(100_000) + "</worksheet>";
    assertEquals(Reason.HOSTILE_SHEET, refused(Archives.workbook(giant, "x")));
  }

  @Test
  void contentDecidesWhatAFileIs() throws IOException {
    assertEquals(Content.PDF, content("%PDF-1.7 ..."));
    assertEquals(Content.HTML, content("\n <!DOCTYPE html><html>"));
    assertEquals(Content.HTML, content("<?xml version='1.0'?><html>"));
    assertEquals(Content.JSON, content("{\"code\":-1021}"));
    assertEquals(Content.OLD_EXCEL, content("\u00d0\u00cf\u0011\u00e0"));
    assertEquals(Content.BINARY, content("\u0001\u0002\u0003\u0004abc"));
    assertEquals(Content.EMPTY, content(""));
    assertEquals(Content.TEXT, content("User_ID,UTC_Time"));
  }

  private Content content(String latin) throws IOException {
    Opening opening = open(latin.getBytes(StandardCharsets.ISO_8859_1));
    try (Container container = assertInstanceOf(Opened.class, opening).container()) {
      return container.members().getFirst().content();
    }
  }
}
