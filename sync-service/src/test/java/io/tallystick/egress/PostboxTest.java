package io.tallystick.egress;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostboxTest {
  @Test
  void onlyHttpsOrLoopbackWithAPlainPathIsAnAddress() {
    for (String good :
        List.of(
            "https://anchor.example",
            "https://anchor.example:8443/",
            "https://anchor.example/tallystick/log-1",
            "http://127.0.0.1:9000/x",
            "http://localhost/x/",
            "http://[::1]:9000")) {
      try (Postbox postbox = OpenPostbox.at(good)) {
        assertTrue(postbox.isOpen(), good);
      }
    }
    for (String bad :
        List.of(
            "http://anchor.example/x",
            "http://127.0.0.1.example/x",
            "ftp://anchor.example/x",
            "https://user@anchor.example/x",
            "https://anchor.example/x?signature=1",
            "https://anchor.example/x#y",
            "https://anchor.example/../x",
            "https://anchor.example/%2e%2e/x",
            "https:///x",
            "mailto:anchor@example.com",
            "/x")) {
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> OpenPostbox.at(bad), bad);
      assertTrue(refused.getMessage().contains("tallystick.egress.checkpoint-url"), bad);
      assertFalse(refused.getMessage().contains("signature"), "no address is repeated");
    }
  }

  @Test
  void withoutAnAddressNothingCanBePut() throws InterruptedException {
    try (Postbox shut = new Postbox(null, Settings.with(), new SimpleMeterRegistry())) {
      assertFalse(shut.isOpen());
      assertThrows(IllegalArgumentException.class, () -> shut.put("1", new byte[0]));
    }
    Postbox open = OpenPostbox.at("http://127.0.0.1:1/x");
    for (String name : List.of("", "../1", "a/b", "a?b", "a b", ".")) {
      assertThrows(IllegalArgumentException.class, () -> open.put(name, new byte[0]), name);
    }
    open.close();
    assertEquals(new Postbox.Put.Failed("the service stops"), open.put("1", new byte[0]));
  }

  @Test
  void theSameAddressIsTheSamePlace() {
    try (Postbox one = OpenPostbox.at("https://anchor.example/x");
        Postbox same = OpenPostbox.at("https://anchor.example/x/");
        Postbox other = OpenPostbox.at("https://anchor.example/y")) {
      assertArrayEquals(one.place(), same.place());
      assertFalse(java.util.Arrays.equals(one.place(), other.place()));
    }
  }
}
