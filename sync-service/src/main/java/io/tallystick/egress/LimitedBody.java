package io.tallystick.egress;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Takes a body as long as it stays below a limit; drops the connection when it does not. */
final class LimitedBody implements HttpResponse.BodySubscriber<byte[]> {
  private final int limit;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  // The client gives its buffers away: they are put together once, when all have come.
  private final List<ByteBuffer> taken = new ArrayList<>();
  private int size;
  private Flow.@Nullable Subscription subscription;

  LimitedBody(int limit) {
    this.limit = limit;
  }

  /** More came than is taken; a type of its own, since it is not tried again. */
  static final class TooLarge extends IOException {
    TooLarge() {
      super("too large");
    }
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Flow.Subscription given) {
    subscription = given;
    given.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    for (ByteBuffer part : parts) {
      if (whole.isDone()) {
        return;
      }
      if (size + part.remaining() > limit) {
        whole.completeExceptionally(new TooLarge());
        if (subscription != null) {
          subscription.cancel();
        }
        return;
      }
      size += part.remaining();
      taken.add(part);
    }
  }

  @Override
  public void onError(Throwable trouble) {
    whole.completeExceptionally(trouble);
  }

  @Override
  public void onComplete() {
    ByteBuffer all = ByteBuffer.allocate(size);
    taken.forEach(all::put);
    whole.complete(all.array());
  }
}
