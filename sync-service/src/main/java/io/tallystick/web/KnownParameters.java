package io.tallystick.web;

import io.tallystick.kernel.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.UriInfo;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses query parameters that a route does not have, or that come twice: a filter with a slip in
 * its name would quietly widen an answer to everything.
 */
@ApplicationScoped
class KnownParameters {
  private final Map<Method, Set<String>> byRoute = new ConcurrentHashMap<>();

  @ServerRequestFilter
  void check(ResourceInfo route, UriInfo address) {
    Method method = route.getResourceMethod();
    if (method == null) {
      return;
    }
    Set<String> known = byRoute.computeIfAbsent(method, KnownParameters::of);
    for (Map.Entry<String, List<String>> given : address.getQueryParameters().entrySet()) {
      String name = given.getKey();
      if (!known.contains(name)) {
        // A name that looks like none of ours is not repeated: it may be anything.
        throw Problem.invalid(
            name.matches("[a-z_]{1,40}") ? name : "query",
            known.isEmpty()
                ? "This route takes no query parameters."
                : "There is no such query parameter here. Known are: "
                    + String.join(", ", known)
                    + ".");
      }
      if (given.getValue().size() > 1) {
        throw Problem.invalid(name, "Give the parameter once.");
      }
    }
  }

  /** The names of a route's query parameters, in order. */
  static Set<String> of(Method route) {
    Set<String> names = new TreeSet<>();
    for (Parameter parameter : route.getParameters()) {
      QueryParam single = parameter.getAnnotation(QueryParam.class);
      if (single != null) {
        names.add(single.value());
      }
      if (parameter.isAnnotationPresent(BeanParam.class)) {
        for (Field field : parameter.getType().getDeclaredFields()) {
          QueryParam one = field.getAnnotation(QueryParam.class);
          if (one != null) {
            names.add(one.value());
          }
        }
      }
    }
    return names;
  }
}
