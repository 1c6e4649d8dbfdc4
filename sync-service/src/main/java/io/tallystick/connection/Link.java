package io.tallystick.connection;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection as the engines see it, read at one instant. Holds no key and no account uid.
 *
 * @param id unique with tenant and holder; stable over key rotation and rebuilds
 * @param publicId a keyed digest of venue, environment and the venue's account uid
 * @param consent the consent it is read under
 * @param stateReason why it is in its state, as a short code or a list of rights; null when nothing
 *     is to be said
 * @param verdict what is known of the key's rights: {@code read_only}, {@code unverifiable}, {@code
 *     too_powerful} or {@code rejected}
 */
public record Link(
    long tenant,
    long holder,
    long id,
    UUID publicId,
    long consent,
    String venue,
    String environment,
    ConnectionState state,
    @Nullable String stateReason,
    String verdict) {}
