package io.tallystick.venue.binance.exports.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.tallystick.venue.binance.exports.file.Container.Reason;
import io.tallystick.venue.binance.exports.file.Container.Refused;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Members that lead out of the archive, or are no files, are refused before anything is read. */
final class UnsafeMembersTest {
  @TempDir private Path folder;

  private Reason refused(byte[] content) throws IOException {
    Path file = folder.resolve("upload");
    Files.write(file, content);
    return assertInstanceOf(Refused.class, Container.open(file, "x.zip", Limits.STANDARD)).reason();
  }

  private static long leftIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../../x.csv",
        "/etc/x.csv",
        "a/../../x.csv",
        "..\\x.csv",
        "C:\\x.csv",
        "a\u0000b"
      })
  @DisplayName("F72 a member name that leads elsewhere is refused")
  void namesThatLeadElsewhereAreRefused(String name) throws IOException {
    assertEquals(Reason.UNSAFE_NAME, refused(Archives.zip(name)));
    assertEquals(1, leftIn(folder), "nothing written beside the upload");
  }

  @Test
  @DisplayName("F72 two members of one name are refused")
  void duplicateNamesAreRefused() throws IOException {
    assertEquals(Reason.DUPLICATE_NAME, refused(Archives.zip("a.csv", "a.csv")));
    byte[] tar =
        Archives.tar(out -> {
          Archives.put(out, "a.csv", Archives.TABLE);
          Archives.put(out, "a.csv", Archives.TABLE);
        });
    assertEquals(Reason.DUPLICATE_NAME, refused(tar));
  }

  @ParameterizedTest
  @ValueSource(
      bytes = {
        TarConstants.LF_SYMLINK,
        TarConstants.LF_LINK,
        TarConstants.LF_CHR,
        TarConstants.LF_BLK,
        TarConstants.LF_FIFO
      })
  @DisplayName("F72 links and devices are refused")
  void linksAndDevicesAreRefused(byte type) throws IOException {
    byte[] archive =
        Archives.tar(tar -> {
          TarArchiveEntry entry = new TarArchiveEntry("a.csv", type);
          entry.setLinkName("/etc/passwd");
          tar.putArchiveEntry(entry);
          tar.closeArchiveEntry();
        });
    assertEquals(Reason.NOT_A_FILE, refused(archive));
  }

  @Test
  @DisplayName("F72 a link in a zip is refused")
  void aLinkInAZipIsRefused() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
      ZipArchiveEntry entry = new ZipArchiveEntry("a.csv");
      entry.setUnixMode(0120777);
      zip.putArchiveEntry(entry);
      zip.write("/etc/passwd".getBytes(StandardCharsets.UTF_8));
      zip.closeArchiveEntry();
    }
    assertEquals(Reason.NOT_A_FILE, refused(bytes.toByteArray()));
  }
}
