package io.tallystick.evidence;

import io.tallystick.venue.Raw;
import java.util.List;
import java.util.UUID;

/**
 * A record that was not known before.
 *
 * @param revision 1 for a new record, more when the venue changed one
 * @param earlier the evidence ids of the earlier revisions, oldest first
 * @param first the bytes of revision 1; those of the record itself when it is the first
 */
public record Kept(Raw raw, UUID id, int revision, List<UUID> earlier, byte[] first) {
  public Kept {
    earlier = List.copyOf(earlier);
  }
}
