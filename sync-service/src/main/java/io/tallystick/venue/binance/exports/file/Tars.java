package io.tallystick.venue.binance.exports.file;

import io.tallystick.venue.binance.exports.file.Container.Reason;
import io.tallystick.venue.binance.exports.file.Container.Refusal;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.jspecify.annotations.Nullable;

/** Gzipped tar archives, the older packing of Binance's asynchronous exports. */
final class Tars {
  private Tars() {}

  static List<Member> members(Path file, Meter meter) throws IOException {
    List<Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (Headers in = new Headers(unzipped(file, meter));
        TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
      for (TarArchiveEntry entry = in.next(tar); entry != null; entry = in.next(tar)) {
        String path = Container.checked(entry.getName());
        meter.member();
        if (isOdd(entry)) {
          throw new Refusal(Reason.NOT_A_FILE, "A member is a link or a device.");
        }
        if (!names.add(path)) {
          throw new Refusal(Reason.DUPLICATE_NAME, "Two members have the same name.");
        }
        if (!entry.isDirectory() && !Container.leftBehind(path)) {
          members.add(member(file, tar, path, meter));
        }
        tar.transferTo(OutputStream.nullOutputStream());
      }
    } catch (Refusal e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(Reason.DAMAGED, "The archive cannot be unpacked; is it cut off?");
    }
    return members;
  }

  /**
   * Bounds what is read between the content of one member and that of the next: long names and
   * extended headers are members of their own, which the reader takes into memory as a whole.
   */
  private static final class Headers extends FilterInputStream {
    private static final long MOST = 256 << 10;
    private long left = Long.MAX_VALUE;

    Headers(InputStream in) {
      super(in);
    }

    @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
      left = MOST;
      TarArchiveEntry entry = Tars.next(tar);
      left = Long.MAX_VALUE;
      return entry;
    }

    private long counted(long read) throws Refusal {
      left -= Math.max(0, read);
      if (left < 0) {
        throw new Refusal(Reason.TOO_LARGE, "A member's header is larger than any export's.");
      }
      return read;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      counted(1);
      return read;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return (int) counted(super.read(buffer, offset, length));
    }

    @Override
    public long skip(long bytes) throws IOException {
      return counted(super.skip(bytes));
    }
  }

  private static boolean isOdd(TarArchiveEntry entry) {
    return entry.isLink()
        || entry.isSymbolicLink()
        || entry.isCharacterDevice()
        || entry.isBlockDevice()
        || entry.isFIFO()
        || entry.isSparse();
  }

  private static Member member(Path file, TarArchiveInputStream tar, String path, Meter meter)
      throws IOException {
    byte[] head = tar.readNBytes(Content.HEAD);
    Content content = Content.of(head, head.length);
    tar.transferTo(OutputStream.nullOutputStream());
    return switch (content) {
      case ZIP, GZIP, TAR, ARCHIVE -> throw Zips.nested();
      case EMPTY, TEXT, XLSX, PDF, HTML, XML, JSON, OLD_EXCEL, IMAGE, BINARY ->
          new Member(Container.lastPart(path), content, () -> at(file, path, meter.limits()), null);
    };
  }

  // A tar cannot be entered in the middle: walk to the member again.
  private static InputStream at(Path file, String path, Limits limits) throws IOException {
    TarArchiveInputStream tar =
        new TarArchiveInputStream(unzipped(file, new Meter(Files.size(file), limits)));
    for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
      if (entry.getName().replace('\\', '/').equals(path)) {
        return new BufferedInputStream(tar);
      }
    }
    tar.close();
    throw new IOException("the archive changed while it was read");
  }

  private static InputStream unzipped(Path file, Meter meter) throws IOException {
    InputStream packed = Files.newInputStream(file);
    try {
      return meter.counted(new GZIPInputStream(packed, 16 << 10));
    } catch (IOException e) {
      packed.close();
      throw new Refusal(Reason.DAMAGED, "The archive cannot be unpacked; is it cut off?");
    }
  }

  private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
    return tar.getNextEntry();
  }
}
