package io.tallystick.imports;

import io.tallystick.connection.Link;
import io.tallystick.kernel.Frame;
import io.tallystick.kernel.Pace;
import io.tallystick.tenancy.TenantTx;
import io.tallystick.vault.RetentionClass;
import io.tallystick.vault.Seals;
import io.tallystick.venue.Exports.Asked;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Uploaded files: kept sealed in the database, laid out on disk only while they are read. */
@ApplicationScoped
class Pieces {
  /** Bytes of a piece; a file of any size needs no more memory than a few of them. */
  private static final int PIECE = 1 << 18;

  private static final String PURPOSE = "import";
  private static final String NAME = "import-name";
  private static final String QUESTIONS = "import-questions";

  private static final String LAID = "tallystick-import";
  private static final Duration LONGEST_WORK = Duration.ofDays(1);

  private final Seals seals;
  private final Pace pace;

  Pieces(Seals seals, Pace pace) {
    this.seals = seals;
    this.pace = pace;
  }

  /** A file on disk, gone when closed. */
  record Laid(File file, long size) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      Files.deleteIfExists(file.toPath());
    }
  }

  /** Writes an upload to disk; null when it is larger than allowed. */
  @Nullable Laid receive(InputStream body, long most) throws IOException {
    sweep();
    File file = fresh();
    boolean whole = false;
    try (OutputStream out = Files.newOutputStream(file.toPath())) {
      byte[] buffer = new byte[PIECE];
      long size = 0;
      int read = body.read(buffer);
      while (read >= 0 && size + read <= most) {
        out.write(buffer, 0, read);
        size += read;
        read = body.read(buffer);
      }
      whole = read < 0;
      return whole ? new Laid(file, size) : null;
    } finally {
      if (!whole) {
        Files.deleteIfExists(file.toPath());
      }
    }
  }

  /** A keyed digest of a file's bytes: tells the same file without telling its content. */
  byte[] digest(long holder, File file) throws IOException {
    try (InputStream in = Files.newInputStream(file.toPath())) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[PIECE];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return seals.mac(holder, RetentionClass.RAW, digest.digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** A keyed digest of a name that parts share. */
  String mark(long holder, String name) {
    byte[] mac = seals.mac(holder, RetentionClass.RAW, Frame.of("export", name));
    return java.util.HexFormat.of().formatHex(mac, 0, 16);
  }

  /** Seals a file into the database. */
  void keep(TenantTx tx, Link link, UUID batch, File file) throws IOException, SQLException {
    try (InputStream in = Files.newInputStream(file.toPath())) {
      byte[] piece = in.readNBytes(PIECE);
      for (int n = 0; n == 0 || piece.length > 0; n++) {
        byte[] sealed =
            seals.seal(link.holder(), RetentionClass.RAW, piece, tx.tenant(), batch, PURPOSE, n);
        ImportStore.piece(tx, link.holder(), batch, n, Seals.FORMAT, sealed);
        piece = in.readNBytes(PIECE);
      }
    }
  }

  /** Lays a kept file out on disk. */
  Laid lay(TenantTx tx, Link link, UUID batch) throws IOException, SQLException {
    File file = fresh();
    boolean whole = false;
    try (OutputStream out = Files.newOutputStream(file.toPath())) {
      long size = 0;
      for (int n = 0; ; n++) {
        byte[] sealed = ImportStore.piece(tx, link.holder(), batch, n);
        if (sealed == null) {
          whole = true;
          return new Laid(file, size);
        }
        byte[] piece =
            seals
                .open(link.holder(), RetentionClass.RAW, sealed, tx.tenant(), batch, PURPOSE, n)
                .bytes();
        out.write(piece);
        size += piece.length;
      }
    } finally {
      if (!whole) {
        Files.deleteIfExists(file.toPath());
      }
    }
  }

  // Readable by this process's user alone, as temporary files are.
  private static File fresh() throws IOException {
    return Files.createTempFile(LAID, ".part").toFile();
  }

  // A process that was killed leaves what it had laid out: it goes with the next upload, once no
  // work on it can be under way any more.
  private void sweep() throws IOException {
    long old = pace.instant().minus(LONGEST_WORK).toEpochMilli();
    Path folder = Path.of(System.getProperty("java.io.tmpdir"));
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, LAID + "*.part")) {
      for (Path file : left) {
        if (file.toFile().lastModified() < old) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Seals what only the holder's people should read of a batch: a text and pairs of texts. */
  byte[] describe(TenantTx tx, Link link, UUID batch, String name, Map<String, String> answers) {
    List<Object> fields = new ArrayList<>(List.of(name));
    new TreeMap<>(answers).forEach((topic, answer) -> fields.addAll(List.of(topic, answer)));
    return sealed(tx, link, batch, NAME, fields);
  }

  /** Name, then topics and answers. */
  List<String> described(TenantTx tx, Link link, UUID batch, byte[] sealed) {
    return texts(tx, link, batch, NAME, sealed);
  }

  /** The answers among what was described. */
  static Map<String, String> answers(List<String> described) {
    Map<String, String> answers = new LinkedHashMap<>();
    for (int i = 1; i + 1 < described.size(); i += 2) {
      answers.put(described.get(i), described.get(i + 1));
    }
    return answers;
  }

  /** Seals questions; null when there are none. */
  byte @Nullable [] questions(TenantTx tx, Link link, UUID batch, List<Asked> questions) {
    List<Object> fields = new ArrayList<>();
    for (Asked asked : questions) {
      fields.addAll(List.of(asked.topic(), asked.text(), Integer.toString(asked.choices().size())));
      asked.choices().forEach((answer, label) -> fields.addAll(List.of(answer, label)));
    }
    return fields.isEmpty() ? null : sealed(tx, link, batch, QUESTIONS, fields);
  }

  /** The questions that were sealed. */
  List<Asked> questions(TenantTx tx, Link link, UUID batch, byte @Nullable [] sealed) {
    if (sealed == null) {
      return List.of();
    }
    Iterator<String> fields = texts(tx, link, batch, QUESTIONS, sealed).iterator();
    List<Asked> questions = new ArrayList<>();
    while (fields.hasNext()) {
      String topic = fields.next();
      String text = fields.next();
      Map<String, String> choices = new LinkedHashMap<>();
      for (int left = Integer.parseInt(fields.next()); left > 0; left--) {
        choices.put(fields.next(), fields.next());
      }
      questions.add(new Asked(topic, text, choices));
    }
    return questions;
  }

  private byte[] sealed(TenantTx tx, Link link, UUID batch, String what, List<Object> fields) {
    return seals.seal(
        link.holder(), RetentionClass.RAW, Frame.of(fields.toArray()), tx.tenant(), batch, what);
  }

  private List<String> texts(TenantTx tx, Link link, UUID batch, String what, byte[] sealed) {
    return Frame.texts(
        seals.open(link.holder(), RetentionClass.RAW, sealed, tx.tenant(), batch, what).bytes());
  }
}
