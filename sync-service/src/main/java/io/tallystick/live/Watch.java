package io.tallystick.live;

import io.tallystick.connection.Link;

/**
 * The right to listen to a connection and to commit what is heard, as long as nobody took it over.
 *
 * @param token grows with each take-over; compared under lock in every transaction of news
 */
record Watch(Link link, long token) {}
