package io.tallystick.web;

import io.tallystick.kernel.Problem;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;
import org.jspecify.annotations.Nullable;

/**
 * Refusals in the contract: one reusable answer for each status, with an example for each code that
 * comes with it, and what every operation can answer whatever it does.
 */
final class ContractRefusals {
  private static final String OTHERS = "OtherProblem";
  private static final Map<Integer, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(400, "InvalidRequest");
    NAMES.put(401, "Unauthenticated");
    NAMES.put(403, "Forbidden");
    NAMES.put(404, "NotFound");
    NAMES.put(409, "Conflict");
    NAMES.put(413, "TooLarge");
    NAMES.put(415, "UnsupportedMediaType");
    NAMES.put(422, "KeyRefused");
    NAMES.put(503, "Unavailable");
  }

  private ContractRefusals() {}

  static void declare(OpenAPI contract) {
    NAMES.forEach((status, name) -> contract.getComponents().addResponse(name, answer(status)));
    contract.getComponents().addResponse(OTHERS, answer(0));
    contract
        .getComponents()
        .addHeader(
            "RequestId",
            OASFactory.createHeader()
                .schema(
                    OASFactory.createSchema()
                        .addType(SchemaType.STRING)
                        .pattern("^req_[0-9a-f]{20}$")));
    members(contract, known(contract.getComponents().getSchemas().get("Problem")));
    ContractFilter.operations(contract).values().forEach(ContractRefusals::declare);
  }

  private static void declare(Operation operation) {
    TreeSet<Integer> statuses = new TreeSet<>(List.of(400, 401, 403));
    if (operation.getRequestBody() != null) {
      statuses.addAll(List.of(413, 415));
    }
    boolean aboutOne =
        operation.getParameters() != null
            && operation.getParameters().stream()
                .anyMatch(parameter ->
                    parameter.getIn()
                        == org.eclipse.microprofile.openapi.models.parameters.Parameter.In.PATH);
    if (aboutOne) {
      statuses.add(404);
    }
    APIResponses told = OASFactory.createAPIResponses();
    operation
        .getResponses()
        .getAPIResponses()
        .forEach((code, response) -> {
          if (code.startsWith("2")) {
            told.addAPIResponse(code, response);
          } else {
            statuses.add(Integer.valueOf(code));
          }
        });
    statuses.forEach(
        status -> told.addAPIResponse(status.toString(), ref(known(NAMES.get(status)))));
    told.addAPIResponse("default", ref(OTHERS));
    operation.setResponses(told);
  }

  private static APIResponse ref(String name) {
    return OASFactory.createAPIResponse().ref("#/components/responses/" + name);
  }

  // Zero stands for every status that has no answer of its own.
  private static APIResponse answer(int status) {
    MediaType document =
        OASFactory.createMediaType()
            .schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
    for (Problem.Kind kind : Problem.Kind.values()) {
      if (status == 0 ? !NAMES.containsKey(kind.status()) : kind.status() == status) {
        Example example = OASFactory.createExample();
        document.addExample(kind.code(), example);
      }
    }
    APIResponse answer =
        OASFactory.createAPIResponse()
            .addHeader(
                FrontDoor.REQUEST_ID,
                OASFactory.createHeader().ref("#/components/headers/RequestId"))
            .content(OASFactory.createContent().addMediaType(ProblemDocument.MEDIA_TYPE, document));
    if (status == 401) {
      answer.addHeader("www-authenticate", header(SchemaType.STRING));
    }
    if (status == 503) {
      answer.addHeader("retry-after", header(SchemaType.INTEGER));
    }
    return answer;
  }

  private static org.eclipse.microprofile.openapi.models.headers.Header header(SchemaType type) {
    return OASFactory.createHeader().schema(OASFactory.createSchema().addType(type));
  }

  private static <T> T known(@Nullable T named) {
    return Objects.requireNonNull(named, "an answer that the contract has no name for");
  }

  // What may stand beside the members that every problem has; which come with which code is said
  // in the contract's examples.
  private static void members(OpenAPI contract, Schema problem) {
    known(problem.getProperties().get("code"))
        .setEnumeration(
            Arrays.stream(Problem.Kind.values()).map(kind -> (Object) kind.code()).toList());
    for (String text : List.of("field", "remedy", "reason", "who_can_change_it", "state")) {
      problem.addProperty(text, of(SchemaType.STRING));
    }
    problem.addProperty("connection", refTo("ConnectionId"));
    problem.addProperty("retry_after", of(SchemaType.INTEGER).format("int64"));
    problem.addProperty("max_bytes", of(SchemaType.INTEGER).format("int64"));
    problem.addProperty("rights", of(SchemaType.ARRAY).items(refTo("RefusedRight")));
    problem.addProperty("causes", of(SchemaType.ARRAY).items(refTo("KeyCause")));
    contract
        .getComponents()
        .addSchema(
            "RefusedRight",
            of(SchemaType.OBJECT)
                .addProperty("right", of(SchemaType.STRING))
                .addProperty("known", of(SchemaType.BOOLEAN))
                .addProperty("remedy", of(SchemaType.STRING))
                .required(List.of("right", "known", "remedy")));
    contract
        .getComponents()
        .addSchema(
            "KeyCause",
            of(SchemaType.OBJECT)
                .addProperty("cause", of(SchemaType.STRING))
                .addProperty("what", of(SchemaType.STRING))
                .addProperty("check", of(SchemaType.STRING))
                .required(List.of("cause", "what", "check")));
  }

  private static Schema of(SchemaType type) {
    return OASFactory.createSchema().addType(type);
  }

  private static Schema refTo(String name) {
    return OASFactory.createSchema().ref("#/components/schemas/" + name);
  }
}
