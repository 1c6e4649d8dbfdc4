package io.tallystick.planted.room;

/** Its name says nothing. */
record RoomHelper(String name) {}
