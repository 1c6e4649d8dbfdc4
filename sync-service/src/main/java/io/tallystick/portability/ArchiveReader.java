package io.tallystick.portability;

import io.tallystick.kernel.Problem;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * An archive that was brought. Nothing of it is believed before its manifest is signed by the key
 * it names and every file is, byte for byte, what the manifest says; a {@link Problem} names the
 * first that is not.
 */
final class ArchiveReader implements Closeable {
  private static final int LONGEST_MANIFEST = 1 << 20;
  // Pieces of files are the longest lines: a megabyte, as base64.
  private static final int LONGEST_LINE = 16 << 20;

  // Rows are alike and pack well, by ten to forty; a file that is made to burst, by a thousand.
  private static final long MOST_TIMES = 200;
  private static final int BUFFER = 1 << 16;

  private final ZipFile zip;
  private final Manifest manifest;

  private ArchiveReader(ZipFile zip, Manifest manifest) {
    this.zip = zip;
    this.manifest = manifest;
  }

  /** Opens and checks an archive. */
  static ArchiveReader open(Path file) throws IOException {
    ZipFile zip = zip(file);
    boolean good = false;
    try {
      ArchiveReader reader = new ArchiveReader(zip, manifest(zip));
      reader.check(Files.size(file));
      good = true;
      return reader;
    } finally {
      if (!good) {
        zip.close();
      }
    }
  }

  /** What the archive says of itself. */
  Manifest manifest() {
    return manifest;
  }

  /** How many rows a file tells; zero when there is no such file. */
  long rows(String name) {
    return manifest.members().stream()
        .filter(member -> member.name().equals(name))
        .mapToLong(Manifest.Member::rows)
        .findFirst()
        .orElse(0);
  }

  /** A whole small file; empty when there is none. */
  byte[] small(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      return new byte[0];
    }
    try (InputStream in = zip.getInputStream(entry)) {
      return in.readNBytes(LONGEST_MANIFEST);
    }
  }

  /** The lines of a file; none when there is no such file. */
  Lines lines(String name) throws IOException {
    ZipEntry entry = zip.getEntry(name);
    return new Lines(
        name, entry == null ? InputStream.nullInputStream() : zip.getInputStream(entry));
  }

  /** Says that a file of the archive cannot be taken in. */
  static Problem refused(String member, String why) {
    return Problem.invalid(member, why).with("member", member);
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }

  private static ZipFile zip(Path file) {
    try {
      return new ZipFile(file.toFile());
    } catch (IOException e) {
      throw refused("archive", "This is no zip archive, or it was cut off.");
    }
  }

  private static Manifest manifest(ZipFile zip) {
    ZipEntry entry = zip.getEntry(Manifest.NAME);
    Manifest manifest = null;
    if (entry != null) {
      try (InputStream in = zip.getInputStream(entry)) {
        byte[] note = in.readNBytes(LONGEST_MANIFEST);
        manifest = Manifest.parse(new String(note, StandardCharsets.UTF_8));
      } catch (IOException damaged) {
        manifest = null;
      }
    }
    if (manifest == null) {
      throw refused(
          Manifest.NAME,
          "The manifest is missing, was changed since it was signed, or is unknown.");
    }
    if (!manifest.format().equals(Manifest.FORMAT)) {
      throw refused(
          Manifest.NAME,
          "The archive is not of the form "
              + Manifest.FORMAT
              + ": export it anew where it comes from, with this version of the service.");
    }
    return manifest;
  }

  private void check(long packed) {
    long unpacked = manifest.members().stream().mapToLong(Manifest.Member::bytes).sum();
    if (unpacked < 0 || unpacked > packed * MOST_TIMES) {
      throw refused(Manifest.NAME, "It lists more bytes than an archive of this size can hold.");
    }
    Set<String> listed = new HashSet<>(Set.of(Manifest.NAME));
    for (Manifest.Member member : manifest.members()) {
      if (!listed.add(member.name())) {
        throw refused(Manifest.NAME, "The manifest lists a file twice.");
      }
    }
    Set<String> there = new HashSet<>();
    zip.stream()
        .map(ZipEntry::getName)
        .forEach(name -> {
          if (!listed.contains(name) || !there.add(name)) {
            throw refused(name, "The manifest does not list this file, or it is there twice.");
          }
        });
    for (Manifest.Member member : manifest.members()) {
      if (!member.sha256().equals(sha256(member))) {
        throw refused(member.name(), "The file is not the one that the manifest lists.");
      }
    }
  }

  private @Nullable String sha256(Manifest.Member member) {
    ZipEntry entry = zip.getEntry(member.name());
    if (entry == null) {
      return null;
    }
    MessageDigest digest = ArchiveWriter.sha256();
    byte[] buffer = new byte[BUFFER];
    long left = member.bytes();
    try (InputStream in = zip.getInputStream(entry)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
        left -= read;
        if (left < 0) {
          return null; // more than was listed: it may never end
        }
      }
      return left == 0 ? HexFormat.of().formatHex(digest.digest()) : null;
    } catch (IOException damaged) {
      return null;
    }
  }

  /** The lines of a file, one after the other. */
  static final class Lines implements Closeable {
    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;

    private Lines(String name, InputStream in) {
      this.name = name;
      this.in = in;
    }

    /** The next line without its end; null behind the last. */
    byte @Nullable [] next() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream(512);
      while (at < end || filled()) {
        byte b = buffer[at++];
        if (b == '\n') {
          return line.toByteArray();
        }
        if (line.size() == LONGEST_LINE) {
          throw refused(name, "A line is longer than any that is written.");
        }
        line.write(b);
      }
      return line.size() == 0 ? null : line.toByteArray();
    }

    private boolean filled() throws IOException {
      at = 0;
      end = Math.max(0, in.read(buffer));
      return end > 0;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
