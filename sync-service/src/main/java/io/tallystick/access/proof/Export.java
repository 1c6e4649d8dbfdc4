package io.tallystick.access.proof;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.jspecify.annotations.Nullable;

/**
 * The lines of an exported log, version 1: one JSON object a line (NDJSON), the kind of line in
 * {@code line}. First a {@code log} line; then, in order of position, a {@code leaf} line for each
 * leaf of the tenant (or holder), {@code others} lines with the hash of each subtree that holds
 * none of them, and {@code checkpoint} lines where signed checkpoints end; last an {@code end}
 * line. Leaves and others together are the proof: their hashes make every root. Bytes are base64.
 */
public final class Export {
  /** The version of the format. */
  public static final int VERSION = 1;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(
                  JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private Export() {}

  /**
   * What the export is of.
   *
   * @param holder the holder's key as decimal digits; null when it is of the whole tenant
   * @param size up to which position
   * @param verifier the log's key as the service tells it; the trusted checkpoint decides
   */
  public record Log(
      String line,
      int version,
      String origin,
      String tenant,
      @Nullable String holder,
      long size,
      String verifier) {
    /** Whose leaves it is of. */
    Scope scope() {
      return new Scope(tenant, holder);
    }
  }

  /**
   * Whose leaves are meant.
   *
   * @param holder null when all of the tenant's are
   */
  public record Scope(String tenant, @Nullable String holder) {
    /** Whether the other's leaves are all among these. */
    boolean holds(Scope other) {
      return tenant.equals(other.tenant) && (holder == null || holder.equals(other.holder));
    }

    /** It as text. */
    public String text() {
      return holder == null ? "tenant " + tenant : "holder " + holder + " of tenant " + tenant;
    }
  }

  /**
   * A leaf.
   *
   * @param header the framed header; null when its row is gone
   * @param body SHA-256 of the sealed body as it is stored
   * @param hash the leaf hash that the log has at this position
   */
  public record LeafLine(
      String line,
      long position,
      long tenantNumber,
      long holderNumber,
      String id,
      byte @Nullable [] header,
      byte @Nullable [] body,
      byte[] hash,
      @Nullable Shown shown) {}

  /** What the access log shows of a leaf beside its header; must be the same as the header says. */
  public record Shown(
      String recordedAt,
      String kind,
      String holder,
      @Nullable String consent,
      @Nullable String connection,
      @Nullable String client) {}

  /** The hash over the 2^level leaves from position index × 2^level, none of them exported. */
  public record Others(String line, int level, long index, byte[] hash) {}

  /** A signed checkpoint over the positions before this line. */
  public record Signed(String line, long size, String note) {}

  /**
   * The end.
   *
   * @param unsealed how many leaves have no position yet
   * @param broken the first position at which the service found its own log broken
   */
  public record End(String line, long leaves, long unsealed, @Nullable Long broken) {}

  /** What writes and reads lines. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }
}
