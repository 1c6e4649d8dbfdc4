package io.tallystick.planted.room;

import java.net.http.HttpClient;

/** Goes out past the gateway. */
record CallsOut(HttpClient client) {}
