package io.tallystick.venue.binance.exports.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An uploaded file, opened: a table, or an archive of tables. Everything in it is read once when it
 * is opened, to nowhere, so that bombs, damage and forbidden members are known before a row is
 * looked at; memory stays flat however large the file is.
 */
public final class Container implements AutoCloseable {
  /** What opening came to. */
  public sealed interface Opening {}

  /** It may be read. */
  public record Opened(Container container) implements Opening {}

  /** It may not, and why; the detail names no path. */
  public record Refused(Reason reason, String detail) implements Opening {}

  /** Why a file was refused. */
  public enum Reason {
    /** More bytes than allowed, packed or unpacked. */
    TOO_LARGE,
    /** Packed more tightly than any real export. */
    PACKED_TOO_TIGHTLY,
    /** More members than allowed. */
    TOO_MANY_MEMBERS,
    /** An archive inside an archive. */
    NESTED,
    /** A member name that is absolute, climbs out, or holds control characters. */
    UNSAFE_NAME,
    /** A link, a device or another member that is not a plain file. */
    NOT_A_FILE,
    /** Two members of one name. */
    DUPLICATE_NAME,
    /** Protected by a password. */
    ENCRYPTED,
    /** A spreadsheet with macros. */
    MACROS,
    /** A spreadsheet part that declares entities, or a cell or table beyond the limits. */
    HOSTILE_SHEET,
    /** Cut off, or not what it claims to be. */
    DAMAGED,
    /** An archive of a kind that is not read here. */
    UNKNOWN_ARCHIVE
  }

  /** Thrown inside this package while a file is checked; becomes {@link Refused}. */
  static final class Refusal extends IOException {
    private static final long serialVersionUID = 1;
    private final Reason reason;

    Refusal(Reason reason, String detail) {
      super(detail);
      this.reason = reason;
    }

    Refused asResult() {
      String detail = getMessage();
      return new Refused(reason, detail == null ? reason.name() : detail);
    }
  }

  private final String name;
  private final List<Member> members;
  private final List<AutoCloseable> owned;

  Container(String name, List<Member> members, List<AutoCloseable> owned) {
    this.name = name;
    this.members = List.copyOf(members);
    this.owned = List.copyOf(owned);
  }

  /**
   * Opens and checks a file. An {@link IOException} means that the disk failed, never that the file
   * is bad.
   *
   * @param file where it lies; spreadsheets inside an archive are unpacked beside it until closed
   * @param name the name its owner gave it
   */
  public static Opening open(Path file, String name, Limits limits) throws IOException {
    long size = Files.size(file);
    if (size > limits.bytes()) {
      return new Refused(Reason.TOO_LARGE, "The file is larger than " + limits.bytes() + " bytes.");
    }
    List<AutoCloseable> owned = new ArrayList<>();
    try {
      return new Opened(new Container(name, members(file, name, size, limits, owned), owned));
    } catch (Refusal e) {
      release(owned);
      return e.asResult();
    }
  }

  private static List<Member> members(
      Path file, String name, long size, Limits limits, List<AutoCloseable> owned)
      throws IOException {
    Content content = sniff(file);
    return switch (content) {
      case ZIP -> Zips.members(file, name, new Meter(size, limits), owned);
      case GZIP -> Tars.members(file, new Meter(size, limits));
      case TAR, ARCHIVE ->
          throw new Refusal(Reason.UNKNOWN_ARCHIVE, "Unpack it, or upload a .zip or .tar.gz.");
      case EMPTY, TEXT, XLSX, PDF, HTML, XML, JSON, OLD_EXCEL, IMAGE, BINARY ->
          List.of(new Member(lastPart(name), content, () -> Files.newInputStream(file), null));
    };
  }

  private static Content sniff(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] head = in.readNBytes(Content.HEAD);
      return Content.of(head, head.length);
    }
  }

  /** The name its owner gave it. */
  public String name() {
    return name;
  }

  /** The files in it, in their order; folders and what file managers leave behind are left out. */
  public List<Member> members() {
    return members;
  }

  @Override
  public void close() throws IOException {
    release(owned);
  }

  private static void release(List<AutoCloseable> owned) throws IOException {
    IOException failure = null;
    for (AutoCloseable one : owned) {
      try {
        one.close();
      } catch (IOException e) {
        failure = e;
      } catch (Exception e) {
        throw new IllegalStateException("closing a file fails only with an IOException", e);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Checks a member's name, which is never used as a path. */
  static String checked(String name) throws Refusal {
    boolean control = name.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    String path = name.replace('\\', '/');
    boolean drive = path.length() > 1 && path.charAt(1) == ':';
    if (control || name.isEmpty() || path.startsWith("/") || drive) {
      throw new Refusal(Reason.UNSAFE_NAME, "A member's name is not a plain file name.");
    }
    for (String part : path.split("/")) {
      if (part.equals("..")) {
        throw new Refusal(Reason.UNSAFE_NAME, "A member's name leads out of the archive.");
      }
    }
    return path;
  }

  /** The name without folders. */
  static String lastPart(String name) {
    String path = name.replace('\\', '/');
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether a file manager or Spark left it there: nobody's table. */
  static boolean leftBehind(String path) {
    String last = lastPart(path);
    return last.startsWith(".") || last.startsWith("_") || path.startsWith("__MACOSX/");
  }
}
