package io.tallystick.connection;

/** Where a key is meant to be used, and by whose leave. */
record Place(long holder, long consent, String venue, String environment) {}
