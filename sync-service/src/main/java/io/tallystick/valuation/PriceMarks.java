package io.tallystick.valuation;

import java.util.List;

/**
 * What was known of prices at a moment: enough to tell later from when on other values may come
 * out.
 *
 * @param origins whose published prices counted
 * @param assets the assets whose prices were asked
 * @param arrivals how many arrivals of published prices there were
 * @param newest the number of the newest of them
 * @param files the files that people had supplied, in order of name
 */
public record PriceMarks(
    List<String> origins, List<String> assets, long arrivals, long newest, List<String> files) {

  public PriceMarks {
    origins = List.copyOf(origins);
    assets = List.copyOf(assets);
    files = List.copyOf(files);
  }
}
