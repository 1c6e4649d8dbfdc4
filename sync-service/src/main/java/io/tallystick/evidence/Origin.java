package io.tallystick.evidence;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/**
 * Where records came from.
 *
 * @param publicId the connection's public id, which survives a rebuilt database
 * @param leaf the access-log leaf of the pull
 */
public record Origin(
    long holder,
    long connection,
    UUID publicId,
    String stream,
    String partition,
    UUID leaf,
    Instant receivedAt) {

  /** The connection's public id as bytes, for hashing. */
  public byte[] publicBytes() {
    return ByteBuffer.allocate(16)
        .putLong(publicId.getMostSignificantBits())
        .putLong(publicId.getLeastSignificantBits())
        .array();
  }
}
