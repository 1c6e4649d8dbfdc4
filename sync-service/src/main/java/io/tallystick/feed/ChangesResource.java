package io.tallystick.feed;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.tallystick.consent.Ending;
import io.tallystick.feed.ChangeFeed.Answer;
import io.tallystick.feed.ChangeFeed.Ask;
import io.tallystick.feed.ChangeFeed.Ended;
import io.tallystick.feed.ChangeFeed.Item;
import io.tallystick.feed.ChangeFeed.Written;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.tallystick.records.EntryViews;
import io.tallystick.records.EntryViews.EntryLine;
import io.tallystick.records.EntryViews.EntryView;
import io.tallystick.tenancy.CurrentCaller;
import io.tallystick.tenancy.Role;
import io.tallystick.web.Csv;
import io.tallystick.web.Page;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** What changed in the books since a client last asked. */
@Path("/v1/changes")
@RunOnVirtualThread
@Tag(name = "Changes")
public class ChangesResource {
  /** The header with the tenant's last position. */
  static final String HEAD = "feed-head";

  private static final String ENDED = "ended";

  private final ChangeFeed feed;
  private final CurrentCaller current;

  ChangesResource(ChangeFeed feed, CurrentCaller current) {
    this.feed = feed;
    this.current = current;
  }

  /** Which part of the feed; the list takes one as {@code @BeanParam}. */
  public static class Part {
    private static final int MAX_LIMIT = 1000;
    private static final int DEFAULT_LIMIT = 100;
    private static final int DIGITS = 18;

    @QueryParam("after")
    @Parameter(
        description = "The last position dealt with, as next told it; 0 for everything.",
        schema =
            @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0", defaultValue = "0"))
    @Nullable String after;

    @QueryParam("through")
    @Parameter(
        description =
            "A position that exists already, such as feed-head told it: pages may then hold"
                + " changes that were not committed at the same time, which is faster for whoever"
                + " is far behind. Without it a page ends where what was committed together ends.",
        schema = @Schema(type = SchemaType.INTEGER, format = "int64", minimum = "0"))
    @Nullable String through;

    @QueryParam("limit")
    @Parameter(
        description = "Most positions that the page goes on by.",
        schema =
            @Schema(
                type = SchemaType.INTEGER,
                minimum = "1",
                maximum = "1000",
                defaultValue = "100"))
    @Nullable String limit;

    /** Made by the framework from the query. */
    public Part() {}

    private Ask ask() {
      long most = number("limit", limit, DEFAULT_LIMIT);
      if (most < 1 || most > MAX_LIMIT) {
        throw Problem.invalid("limit", "Ask for 1 to " + MAX_LIMIT + " positions.");
      }
      return new Ask(
          number("after", after, 0),
          through == null ? null : number("through", through, 0),
          (int) most);
    }

    private static long number(String name, @Nullable String text, long otherwise) {
      if (text == null) {
        return otherwise;
      }
      boolean digits =
          !text.isEmpty()
              && text.length() <= DIGITS
              && text.chars().allMatch(c -> c >= '0' && c <= '9');
      if (!digits) {
        throw Problem.invalid(name, "Write a whole number, 0 or more.");
      }
      return Long.parseLong(text);
    }
  }

  /** One change. */
  @Schema(name = "Change", description = "What became of one entry, or of one connection.")
  public record ChangeView(
      @Schema(
              description =
                  "Where the change stands among all changes of the tenant; it never moves, and"
                      + " nothing ever appears before a position that was read.")
          long position,
      @Schema(enumeration = {"added", "modified", "removed", "ended"}) String change,
      @Schema(description = "The entry in the revision that this change wrote; absent for ended.")
          @Nullable EntryView entry,
      @Schema(description = "The end of a consent that named the client; absent for entries.")
          @Nullable EndView ended) {

    static ChangeView of(Item item) {
      return switch (item) {
        case Written(var revised) ->
            new ChangeView(revised.position(), revised.change().code(), revised.entry(), null);
        case Ended(long position, Ending ending) ->
            new ChangeView(position, ENDED, null, EndView.of(ending));
      };
    }
  }

  /** That a client can read a connection no more, because its consent ended. */
  @Schema(name = "ConsentEnd", description = "The end of the consent that a connection was under.")
  public record EndView(
      @Schema(description = "The connection that the client could read under it.")
          String connection,
      @Schema(
              description =
                  "How it ended, for good; superseded when a newer version leaves the client out.",
              enumeration = {"expired", "withdrawn", "revoked", "invalidated", "superseded"})
          String state,
      @Schema(description = "When it ended.") Instant at) {

    static EndView of(Ending ending) {
      return new EndView(
          PublicIds.connection(ending.holder(), ending.connection()),
          ending.state().code(),
          ending.at());
    }
  }

  /** A page of changes. */
  @Schema(name = "Changes", description = "A page of changes.")
  public record Changes(
      List<ChangeView> items,
      @Schema(
              description =
                  "Pass as after to go on. Greater than the after of this page as long as there is"
                      + " more, even when consents leave no item on it.")
          long next) {}

  /** A change as a line of a table: one for each posting of the entry, or one for an end. */
  @Schema(name = "ChangeLine", hidden = true)
  public record ChangeLine(
      long position, String change, @Nullable EntryLine entry, @Nullable EndView ended) {}

  /** A page of changes, in order of position. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(
      operationId = "listChanges",
      summary = "Follow what was added to, modified in and removed from the books",
      description =
          "Positions are those of the tenant; changes that no consent opens to the client are left"
              + " out, and the position still goes on: after a pause, or when more is opened, list"
              + " anew. When a consent ends, each client that it named"
              + " is told so of each connection under it, at one position (ended), and its records"
              + " are left out from then on; so is a client that an amendment leaves out. The same"
              + " question with the same consents always has the same page, once it has one that"
              + " goes on. As text/csv: one line for each"
              + " posting or end, next in the header next-cursor.")
  @APIResponse(
      responseCode = "200",
      description = "A page of changes; next equals after when there is nothing new.",
      headers =
          @Header(
              name = HEAD,
              description = "The tenant's last position at this moment.",
              schema = @Schema(type = SchemaType.INTEGER, format = "int64")),
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON,
            schema = @Schema(implementation = Changes.class)),
        @Content(mediaType = Csv.MEDIA_TYPE, schema = @Schema(implementation = String.class))
      })
  public RestResponse<Changes> list(@BeanParam Part part) {
    Answer answer = feed.page(current.get(), part.ask());
    List<ChangeView> items = answer.items().stream().map(ChangeView::of).toList();
    return RestResponse.ResponseBuilder.ok(new Changes(items, answer.next()))
        .header(HEAD, answer.head())
        .build();
  }

  /** The same page, one line a posting, for those who ask for one; others get JSON. */
  @GET
  @Produces(Csv.SECOND_CHOICE)
  @RolesAllowed({Role.Names.TRACKER, Role.Names.ACCOUNTANT, Role.Names.OWNER})
  @Operation(hidden = true)
  public Page<ChangeLine> lines(@BeanParam Part part) {
    Answer answer = feed.page(current.get(), part.ask());
    return new Page<>(
        answer.items().stream().flatMap(item -> lines(item).stream()).toList(),
        Long.toString(answer.next()));
  }

  private static List<ChangeLine> lines(Item item) {
    return switch (item) {
      case Written(var revised) ->
          EntryViews.lines(List.of(revised.entry())).stream()
              .map(line -> new ChangeLine(revised.position(), revised.change().code(), line, null))
              .toList();
      case Ended(long position, Ending ending) ->
          List.of(new ChangeLine(position, ENDED, null, EndView.of(ending)));
    };
  }
}
