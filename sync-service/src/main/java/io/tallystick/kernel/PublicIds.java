package io.tallystick.kernel;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary of public ids: which prefix names which kind of thing, written and read in one
 * place. Reading never throws: text that is no id of the kind gives null, and the caller answers it
 * like any unknown id ({@link #orNotFound}). An id is never authority.
 */
public final class PublicIds {
  private PublicIds() {}

  /** A thing of a holder with a 64-bit key. */
  public record Keyed(long holder, long key) {}

  /** A thing of a holder with a UUID, kept in order of time. */
  public record Timed(long holder, UUID id) {}

  /** A holder: {@code hld_}. */
  public static String holder(long holder) {
    return Ids.of("hld", holder);
  }

  /** A client of a tenant: {@code cli_}. */
  public static String client(long client) {
    return Ids.of("cli", client);
  }

  /** A token, not the token itself: {@code tok_}. */
  public static String token(long token) {
    return Ids.of("tok", token);
  }

  /** A consent: {@code cns_}. */
  public static String consent(long holder, long consent) {
    return Ids.of("cns", holder, consent);
  }

  /** A connection: {@code con_}. */
  public static String connection(long holder, long connection) {
    return Ids.of("con", holder, connection);
  }

  /** A ledger entry: {@code ent_}. */
  public static String entry(long holder, UUID entry) {
    return Ids.of("ent", holder, entry);
  }

  /** A raw record: {@code evd_}. */
  public static String evidence(long holder, UUID evidence) {
    return Ids.of("evd", holder, evidence);
  }

  /** A leaf of the access log: {@code log_}; holder zero where no holder is concerned. */
  public static String leaf(long holder, UUID leaf) {
    return Ids.of("log", holder, leaf);
  }

  /** An import of a file: {@code imp_}. */
  public static String imported(long holder, UUID batch) {
    return Ids.of("imp", holder, batch);
  }

  /** An engagement of a reviewer: {@code eng_}. */
  public static String engagement(long engagement) {
    return Ids.of("eng", engagement);
  }

  /** A legal hold: {@code lgh_}. */
  public static String hold(long holder, long hold) {
    return Ids.of("lgh", holder, hold);
  }

  /** A report: {@code rep_}. */
  public static String report(long holder, UUID report) {
    return Ids.of("rep", holder, report);
  }

  /** A declaration: {@code dec_}. */
  public static String declaration(long holder, UUID declaration) {
    return Ids.of("dec", holder, declaration);
  }

  /** The report behind a {@code rep_} id; null when the text is none. */
  public static @Nullable Timed report(@Nullable String text) {
    return timed("rep", text);
  }

  /** The declaration behind a {@code dec_} id; null when the text is none. */
  public static @Nullable Timed declaration(@Nullable String text) {
    return timed("dec", text);
  }

  /** The holder behind a {@code hld_} id; null when the text is none. */
  public static @Nullable Long holder(@Nullable String text) {
    return key("hld", text);
  }

  /** The client behind a {@code cli_} id; null when the text is none. */
  public static @Nullable Long client(@Nullable String text) {
    return key("cli", text);
  }

  /** The token behind a {@code tok_} id; null when the text is none. */
  public static @Nullable Long token(@Nullable String text) {
    return key("tok", text);
  }

  /** The consent behind a {@code cns_} id; null when the text is none. */
  public static @Nullable Keyed consent(@Nullable String text) {
    return keyed("cns", text);
  }

  /** The connection behind a {@code con_} id; null when the text is none. */
  public static @Nullable Keyed connection(@Nullable String text) {
    return keyed("con", text);
  }

  /** The engagement behind an {@code eng_} id; null when the text is none. */
  public static @Nullable Long engagement(@Nullable String text) {
    return key("eng", text);
  }

  /** The legal hold behind a {@code lgh_} id; null when the text is none. */
  public static @Nullable Keyed hold(@Nullable String text) {
    return keyed("lgh", text);
  }

  /** The entry behind an {@code ent_} id; null when the text is none. */
  public static @Nullable Timed entry(@Nullable String text) {
    return timed("ent", text);
  }

  /** The evidence behind an {@code evd_} id; null when the text is none. */
  public static @Nullable Timed evidence(@Nullable String text) {
    return timed("evd", text);
  }

  /** The leaf behind a {@code log_} id; null when the text is none. */
  public static @Nullable Timed leaf(@Nullable String text) {
    return timed("log", text);
  }

  /** The import behind an {@code imp_} id; null when the text is none. */
  public static @Nullable Timed imported(@Nullable String text) {
    return timed("imp", text);
  }

  /** What was read, or the problem that every unknown id gets. */
  public static <T> T orNotFound(@Nullable T read) {
    if (read == null) {
      throw Problem.notFound();
    }
    return read;
  }

  private static @Nullable Long key(String prefix, @Nullable String text) {
    ByteBuffer bytes = text == null ? null : Ids.parse(prefix, text, Long.BYTES);
    return bytes == null ? null : bytes.getLong();
  }

  private static @Nullable Keyed keyed(String prefix, @Nullable String text) {
    ByteBuffer bytes = text == null ? null : Ids.parse(prefix, text, 2 * Long.BYTES);
    return bytes == null ? null : new Keyed(bytes.getLong(), bytes.getLong());
  }

  private static @Nullable Timed timed(String prefix, @Nullable String text) {
    ByteBuffer bytes = text == null ? null : Ids.parse(prefix, text, 3 * Long.BYTES);
    return bytes == null
        ? null
        : new Timed(bytes.getLong(), new UUID(bytes.getLong(), bytes.getLong()));
  }
}
