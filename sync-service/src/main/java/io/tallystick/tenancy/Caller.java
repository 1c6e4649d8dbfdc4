package io.tallystick.tenancy;

/**
 * Who asks: one client of one tenant, as its token proved for this request.
 *
 * @param purpose what the client may use data for, in the words that consents use
 * @param name the client's name within the tenant
 */
public record Caller(long tenant, long client, Role role, String purpose, String name) {}
