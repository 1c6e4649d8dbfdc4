package io.tallystick.venue;

/**
 * What a venue wants signed and where the result goes; made by the venue's pure function, filled in
 * by the vault, which alone holds the key.
 *
 * @param query the encoded query exactly as it will be sent, without the signature
 * @param payload the bytes to sign
 * @param keyHeader the header that carries the API key
 * @param signatureParameter the parameter that carries the signature, appended last
 * @param hexForHmac true when HMAC signatures are hexadecimal; others are base64, percent-encoded
 */
public record SigningForm(
    String query,
    byte[] payload,
    String keyHeader,
    String signatureParameter,
    boolean hexForHmac) {}
