package io.tallystick.web;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor continues behind the last item; null when nothing more is there
 */
public record Page<T>(
    List<T> items,
    @Schema(description = "Pass as cursor to get the next page; absent on the last page.")
        @Nullable String nextCursor) {
  public Page {
    items = List.copyOf(items);
  }

  /** A list that has no further pages. */
  public static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, null);
  }

  /**
   * A page of rows that were read with one more than the limit, which tells whether there is a next
   * page.
   *
   * @param position where a row stands, in the fields the list is ordered by
   */
  public static <R, T> Page<T> cut(
      List<R> rows,
      int limit,
      Function<R, T> view,
      Function<R, List<String>> position,
      Function<List<String>, String> cursor) {
    boolean more = rows.size() > limit;
    List<R> kept = more ? rows.subList(0, limit) : rows;
    return new Page<>(
        kept.stream().map(view).toList(),
        more ? cursor.apply(position.apply(kept.getLast())) : null);
  }
}
