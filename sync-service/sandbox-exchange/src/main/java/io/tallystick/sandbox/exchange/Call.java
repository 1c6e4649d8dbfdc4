package io.tallystick.sandbox.exchange;

import java.util.Map;

/**
 * One call as the exchange remembers it; it never holds a key, a secret or a signature.
 *
 * @param index counted from 0 over all calls of the exchange
 * @param at the exchange's time in milliseconds
 * @param method as sent
 * @param path as sent
 * @param parameters as sent, without the signature
 * @param status HTTP status of the reply
 * @param code the venue's code, 0 where there was none
 * @param weight what it cost
 * @param used what was used of its budget after it, 0 where it was not charged
 * @param key the key's fingerprint, empty where none was sent
 * @param address who called
 * @param fault the misbehaviour that was asked for, empty where there was none
 */
public record Call(
    long index,
    long at,
    String method,
    String path,
    Map<String, String> parameters,
    int status,
    int code,
    int weight,
    long used,
    String key,
    String address,
    String fault) {}
