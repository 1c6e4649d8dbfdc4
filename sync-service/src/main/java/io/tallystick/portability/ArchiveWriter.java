package io.tallystick.portability;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes a zip archive as it comes, and keeps count of what went in. Times are left out. */
final class ArchiveWriter {
  // The first of January would be written with the zone of the machine.
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final ZipOutputStream zip;
  private final List<Manifest.Member> members = new ArrayList<>();

  ArchiveWriter(OutputStream out) {
    zip = new ZipOutputStream(out);
  }

  /** Writes one file's content; the result is how many rows or lines it tells. */
  @FunctionalInterface
  interface Content {
    long into(OutputStream out) throws IOException, SQLException;
  }

  /** Adds a file. */
  void add(String name, Content content) throws IOException, SQLException {
    begin(name);
    Counted counted = new Counted(zip);
    long rows = content.into(counted);
    counted.flush();
    zip.closeEntry();
    String sha256 = HexFormat.of().formatHex(counted.digest.digest());
    members.add(new Manifest.Member(name, rows, counted.bytes, sha256));
  }

  /** What was added so far, in order. */
  List<Manifest.Member> members() {
    return List.copyOf(members);
  }

  /** Adds the last file, which lists the others, and ends the archive. */
  void end(String name, byte[] content) throws IOException {
    begin(name);
    zip.write(content);
    zip.closeEntry();
    zip.finish();
    zip.flush();
  }

  private void begin(String name) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Counts and digests what goes through. */
  private static final class Counted extends FilterOutputStream {
    final MessageDigest digest = sha256();
    long bytes;

    Counted(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      out.write(from, offset, length);
      digest.update(from, offset, length);
      bytes += length;
    }

    @Override
    public void close() throws IOException {
      flush(); // the archive goes on
    }
  }
}
