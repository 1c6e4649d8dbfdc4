package io.tallystick.venue.binance.exports;

import io.tallystick.venue.binance.exports.file.Cells;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * Where a file has its columns: the header cells of one file, matched with a shape by name. Columns
 * that the shape does not know are allowed and passed over; people add some.
 */
final class Columns {
  private final Shape shape;
  private final List<String> header;
  private final Map<Role, Integer> places;
  private final int width;

  private Columns(Shape shape, List<String> header, Map<Role, Integer> places) {
    this.shape = shape;
    this.header = header.stream().map(String::strip).toList();
    this.places = places;
    int last = header.size();
    while (last > 0 && header.get(last - 1).isBlank()) {
      last--;
    }
    this.width = last;
  }

  /** The columns of a header that has every name of the shape; null when one is missing. */
  static @Nullable Columns match(Shape shape, List<String> header) {
    List<String> names = Shape.normal(header);
    Map<Role, Integer> places = new EnumMap<>(Role.class);
    for (int i = 0; i < shape.names().size(); i++) {
      int place = names.indexOf(shape.names().get(i));
      if (place < 0) {
        return null;
      }
      places.put(shape.roles().get(i), place);
    }
    return new Columns(shape, header, places);
  }

  /** The shape's columns in their own order, whatever the header calls them. */
  static Columns inOrder(Shape shape, List<String> header) {
    Map<Role, Integer> places = new EnumMap<>(Role.class);
    for (int i = 0; i < shape.roles().size(); i++) {
      places.put(shape.roles().get(i), i);
    }
    return new Columns(shape, header, places);
  }

  Shape shape() {
    return shape;
  }

  /** The column of a role, from 0; -1 when the file has none. */
  int at(Role role) {
    return places.getOrDefault(role, -1);
  }

  boolean has(Role role) {
    return at(role) >= 0;
  }

  /** The column's name as the file has it; empty when it has none. */
  String name(int column) {
    return column >= 0 && column < header.size() ? header.get(column) : "";
  }

  /** As many cells as a row may fill. */
  int width() {
    return width;
  }

  /** Whether the row repeats the header, as in files joined by hand. */
  boolean isRepeatedBy(Cells row) {
    if (row.count() < width) {
      return false;
    }
    for (int i = 0; i < width; i++) {
      if (!row.is(i, header.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The zones that header cells name: {@code Date(UTC+1)}. */
  List<ZoneOffset> zones() {
    List<ZoneOffset> zones = new ArrayList<>();
    for (String cell : header) {
      Matcher mark = Zones.MARK.matcher(cell);
      ZoneOffset zone = mark.find() ? Zones.parse(mark.group(1)) : null;
      if (zone != null && !zones.contains(zone)) {
        zones.add(zone);
      }
    }
    return zones;
  }
}
