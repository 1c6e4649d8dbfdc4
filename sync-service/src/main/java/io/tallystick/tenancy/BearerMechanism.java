package io.tallystick.tenancy;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.AuthenticationRequestContext;
import io.quarkus.security.identity.IdentityProvider;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.identity.request.AuthenticationRequest;
import io.quarkus.security.identity.request.BaseAuthenticationRequest;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.quarkus.vertx.http.runtime.security.HttpCredentialTransport;
import io.smallrye.mutiny.Uni;
import io.tallystick.kernel.Problem;
import io.tallystick.kernel.PublicIds;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Opaque bearer tokens: {@code Authorization: Bearer …}, looked up by their SHA-256. */
@ApplicationScoped
public class BearerMechanism
    implements HttpAuthenticationMechanism, IdentityProvider<BearerMechanism.Presented> {
  private static final String SCHEME = "bearer ";
  private static final int PRIORITY = 2000;

  private final Tokens tokens;
  private final Attempts attempts;

  BearerMechanism(Tokens tokens, Attempts attempts) {
    this.tokens = tokens;
    this.attempts = attempts;
  }

  /** A token that somebody presented; says nothing of it when printed. */
  public static final class Presented extends BaseAuthenticationRequest {
    private final String token;
    private final String address;

    private Presented(String token, String address) {
      this.token = token;
      this.address = address;
    }

    @Override
    public String toString() {
      return "[a bearer token]";
    }
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      RoutingContext exchange, IdentityProviderManager providers) {
    @Nullable String header = exchange.request().getHeader("authorization");
    if (header == null) {
      return Uni.createFrom().nullItem();
    }
    if (!header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
      return Uni.createFrom().failure(new AuthenticationFailedException());
    }
    @Nullable SocketAddress from = exchange.request().remoteAddress();
    return providers.authenticate(
        new Presented(
            header.substring(SCHEME.length()).trim(),
            from == null ? "" : Objects.requireNonNullElse(from.hostAddress(), "")));
  }

  @Override
  public Uni<SecurityIdentity> authenticate(
      Presented request, AuthenticationRequestContext context) {
    return context.runBlocking(() -> {
      @Nullable Caller caller = tokens.callerOf(request.token);
      if (caller == null) {
        return other(request);
      }
      return QuarkusSecurityIdentity.builder()
          .setPrincipal(new QuarkusPrincipal(PublicIds.client(caller.client())))
          .addRole(caller.role().code())
          .addAttribute(CurrentCaller.ATTRIBUTE, caller)
          .build();
    });
  }

  // Neither a holder nor a reviewer is a client: each has the one role that his routes ask for.
  private SecurityIdentity other(Presented request) {
    @Nullable Person person = tokens.personOf(request.token);
    @Nullable Reviewer reviewer = person == null ? tokens.reviewerOf(request.token) : null;
    if (reviewer != null) {
      return QuarkusSecurityIdentity.builder()
          .setPrincipal(new QuarkusPrincipal(PublicIds.engagement(reviewer.engagement())))
          .addRole(Reviewer.ROLE)
          .addAttribute(Reviewer.ATTRIBUTE, reviewer)
          .build();
    }
    if (person == null) {
      if (attempts.tooMany(request.address)) {
        throw new Problem(
                Problem.Kind.TOO_MANY_REQUESTS,
                "Too many tokens from this address were refused. Wait, then send a good one.")
            .with("retry_after", Attempts.WINDOW.toSeconds());
      }
      throw new AuthenticationFailedException();
    }
    return QuarkusSecurityIdentity.builder()
        .setPrincipal(new QuarkusPrincipal(PublicIds.holder(person.holder())))
        .addRole(Person.ROLE)
        .addAttribute(Person.ATTRIBUTE, person)
        .build();
  }

  @Override
  public Class<Presented> getRequestType() {
    return Presented.class;
  }

  @Override
  public Uni<ChallengeData> getChallenge(RoutingContext exchange) {
    return Uni.createFrom()
        .item(
            new ChallengeData(
                HttpResponseStatus.UNAUTHORIZED.code(), "www-authenticate", "Bearer"));
  }

  @Override
  public Set<Class<? extends AuthenticationRequest>> getCredentialTypes() {
    return Set.of(Presented.class);
  }

  @Override
  public Uni<HttpCredentialTransport> getCredentialTransport(RoutingContext exchange) {
    return Uni.createFrom()
        .item(
            new HttpCredentialTransport(
                HttpCredentialTransport.Type.AUTHORIZATION, "bearer", "tallystick"));
  }

  @Override
  public int getPriority() {
    return PRIORITY;
  }
}
