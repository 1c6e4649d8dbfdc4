package io.tallystick.planted.room;

/** Its text is a leak. */
record TellsAll(String apiSecret) {}
