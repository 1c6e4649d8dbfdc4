package io.tallystick.venue.binance.exports.file;

import io.tallystick.venue.binance.exports.file.Container.Reason;
import io.tallystick.venue.binance.exports.file.Container.Refusal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.zip.CRC32;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Zip archives and the xlsx packages that look like them. */
final class Zips {
  private static final int TAIL = 65_557;
  private static final int DIRECTORY_END = 22;
  private static final int ENTRY_COUNT = 10;
  private static final int DIRECTORY_SIZE = 12;
  private static final int DIRECTORY_BEGIN = 16;
  private static final int WIDE_LOCATOR = 20;
  // Most bytes of a directory: it is read as a whole, and its own count of entries may lie.
  private static final int DIRECTORY = 512 << 10;
  private static final String CONTENTS = "[Content_Types].xml";
  private static final String STRINGS =
      "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml";

  private Zips() {}

  /** The members of a zip file; the one member of a spreadsheet is the file itself. */
  static List<Member> members(Path file, String name, Meter meter, List<AutoCloseable> owned)
      throws IOException {
    refuseCrowd(file, meter.limits());
    ZipFile zip = open(file);
    if (isSheet(zip)) {
      try (zip) {
        checkSheet(zip, meter);
      }
      return sheets(Container.lastPart(name), file, meter.limits());
    }
    owned.add(zip);
    List<Member> members = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
      String path = Container.checked(entry.getName());
      refuseOdd(zip, entry);
      if (!names.add(path)) {
        throw new Refusal(Reason.DUPLICATE_NAME, "Two members have the same name.");
      }
      meter.member();
      if (!entry.isDirectory() && !Container.leftBehind(path)) {
        members.addAll(member(zip, entry, file, meter, owned));
      }
    }
    return members;
  }

  private static List<Member> member(
      ZipFile zip, ZipArchiveEntry entry, Path file, Meter meter, List<AutoCloseable> owned)
      throws IOException {
    String name = Container.lastPart(entry.getName());
    Content content = verify(zip, entry, meter, OutputStream.nullOutputStream());
    return switch (content) {
      case ZIP -> unpackedSheet(zip, entry, file, meter, owned);
      case GZIP, TAR, ARCHIVE -> throw nested();
      case EMPTY, TEXT, XLSX, PDF, HTML, XML, JSON, OLD_EXCEL, IMAGE, BINARY ->
          List.of(new Member(name, content, () -> zip.getInputStream(entry), null));
    };
  }

  // A spreadsheet is read by seeking in it, so it needs a file of its own. It begins with the name
  // of the one it came from, so that whoever tidies up after a dead process knows both.
  private static List<Member> unpackedSheet(
      ZipFile zip, ZipArchiveEntry entry, Path file, Meter meter, List<AutoCloseable> owned)
      throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IllegalStateException("a file lies in a folder");
    }
    // Named after the upload, so that whoever keeps or sweeps that does the same with the sheet.
    Path sheet = Files.createTempFile(folder, file.getFileName() + "-sheet", ".part");
    owned.add(() -> Files.deleteIfExists(sheet));
    try (OutputStream out = Files.newOutputStream(sheet)) {
      verify(zip, entry, meter, out);
    }
    refuseCrowd(sheet, meter.limits());
    try (ZipFile inner = open(sheet)) {
      if (!isSheet(inner)) {
        throw nested();
      }
      checkSheet(inner, new Meter(Files.size(sheet), meter.limits()));
    }
    return sheets(Container.lastPart(entry.getName()), sheet, meter.limits());
  }

  static Refusal nested() {
    return new Refusal(
        Reason.NESTED,
        "An archive inside the archive is not opened: unpack it and bring what it holds.");
  }

  private static List<Member> sheets(String name, Path file, Limits limits) throws IOException {
    return XlsxTable.filled(file, limits).stream()
        .map(at -> new Member(name, Content.XLSX, () -> Files.newInputStream(file), file, at))
        .toList();
  }

  private static ZipFile open(Path file) throws Refusal {
    try {
      return ZipFile.builder().setPath(file).get();
    } catch (IOException | IllegalArgumentException e) {
      // The reader cannot tell a failing disk from a damaged directory; damage is the rule.
      throw new Refusal(Reason.DAMAGED, "The archive's directory cannot be read; is it cut off?");
    }
  }

  private static boolean isSheet(ZipFile zip) {
    return zip.getEntry(CONTENTS) != null && zip.getEntry("xl/workbook.xml") != null;
  }

  private static void refuseOdd(ZipFile zip, ZipArchiveEntry entry) throws Refusal {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw new Refusal(Reason.ENCRYPTED, "Remove the password and upload it again.");
    }
    int type = entry.getUnixMode() & 0170000;
    boolean plain = type == 0 || type == 0100000 || type == 0040000;
    if (entry.isUnixSymlink() || !plain) {
      throw new Refusal(Reason.NOT_A_FILE, "A member is a link or a device.");
    }
    if (!zip.canReadEntryData(entry)) {
      throw new Refusal(Reason.UNKNOWN_ARCHIVE, "A member is packed in a way not read here.");
    }
  }

  private static void checkSheet(ZipFile zip, Meter meter) throws IOException {
    Set<String> names = new HashSet<>();
    Set<String> strings = strings(zip);
    for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
      refuseOdd(zip, entry);
      String path = Container.checked(entry.getName());
      if (!names.add(path)) {
        throw new Refusal(Reason.DUPLICATE_NAME, "Two parts have the same name.");
      }
      if (path.endsWith("vbaProject.bin")) {
        throw new Refusal(Reason.MACROS, "Save the workbook without macros (.xlsx).");
      }
      boolean xml = path.endsWith(".xml") || path.endsWith(".rels");
      long most = strings.contains(path.toLowerCase(Locale.ROOT)) ? most(meter) : Long.MAX_VALUE;
      verify(zip, entry, meter, new SheetGuard(meter.limits(), most, !xml));
    }
  }

  private static long most(Meter meter) {
    return meter.limits().sharedStrings();
  }

  // Which part is the string table is said by the list of contents, and not by the part's name.
  private static Set<String> strings(ZipFile zip) throws IOException {
    Set<String> names = new HashSet<>(Set.of("xl/sharedstrings.xml"));
    byte[] list;
    try (InputStream in = zip.getInputStream(zip.getEntry(CONTENTS))) {
      list = in.readNBytes(DIRECTORY);
    } catch (IOException | IllegalArgumentException e) {
      throw new Refusal(Reason.DAMAGED, "A member cannot be unpacked; is the file cut off?");
    }
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(list));
      while (reader.hasNext()) {
        String part =
            reader.next() == XMLStreamConstants.START_ELEMENT
                    && STRINGS.equals(reader.getAttributeValue(null, "ContentType"))
                ? reader.getAttributeValue(null, "PartName")
                : null;
        if (part != null) {
          names.add(part.replaceFirst("^/", "").toLowerCase(Locale.ROOT));
        }
      }
    } catch (XMLStreamException e) {
      throw new Refusal(Reason.HOSTILE_SHEET, "The workbook's list of contents cannot be read.");
    }
    return names;
  }

  private static Content verify(ZipFile zip, ZipArchiveEntry entry, Meter meter, OutputStream copy)
      throws IOException {
    CRC32 crc = new CRC32();
    byte[] buffer = new byte[16 << 10];
    Content content = Content.EMPTY;
    try (InputStream in = meter.counted(zip.getInputStream(entry))) {
      boolean first = true;
      for (int n = in.readNBytes(buffer, 0, Content.HEAD); n > 0; n = in.read(buffer)) {
        if (first) {
          content = Content.of(buffer, n);
          first = false;
        }
        crc.update(buffer, 0, n);
        copy.write(buffer, 0, n);
      }
    } catch (Refusal e) {
      throw e;
    } catch (IOException e) {
      throw new Refusal(Reason.DAMAGED, "A member cannot be unpacked; is the file cut off?");
    }
    if (entry.getCrc() != -1 && entry.getCrc() != crc.getValue()) {
      throw new Refusal(Reason.DAMAGED, "A member's checksum is wrong; download it again.");
    }
    return content;
  }

  // Looks at count and size before the whole directory is read into memory. The reader goes on
  // while
  // there are entries, whatever the count says, so only the size binds it.
  private static void refuseCrowd(Path file, Limits limits) throws IOException {
    byte[] tail;
    long before;
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(in.length(), TAIL);
      tail = new byte[length];
      before = in.length() - length;
      in.seek(before);
      in.readFully(tail);
    }
    for (int at = tail.length - DIRECTORY_END; at >= 0; at--) {
      if (isMark(tail, at, 5, 6)) {
        int count = (tail[at + ENTRY_COUNT] & 0xff) | (tail[at + ENTRY_COUNT + 1] & 0xff) << 8;
        long size = number(tail, at + DIRECTORY_SIZE);
        long begin = number(tail, at + DIRECTORY_BEGIN);
        // A wide directory stands elsewhere; only archives of more than four gigabytes need one.
        boolean wide = at >= WIDE_LOCATOR && isMark(tail, at - WIDE_LOCATOR, 6, 7);
        boolean crowd = size > DIRECTORY || before + at - begin > DIRECTORY;
        if (wide || crowd || count > Limits.PARTS) {
          throw new Refusal(
              Reason.TOO_MANY_MEMBERS, "An archive may hold " + limits.members() + " files.");
        }
        return;
      }
    }
    throw new Refusal(Reason.DAMAGED, "The archive has no directory; is it cut off?");
  }

  private static boolean isMark(byte[] bytes, int at, int third, int fourth) {
    return bytes[at] == 'P'
        && bytes[at + 1] == 'K'
        && bytes[at + 2] == third
        && bytes[at + 3] == fourth;
  }

  private static long number(byte[] bytes, int at) {
    long number = 0;
    for (int i = 3; i >= 0; i--) {
      number = number << 8 | (bytes[at + i] & 0xff);
    }
    return number;
  }
}
