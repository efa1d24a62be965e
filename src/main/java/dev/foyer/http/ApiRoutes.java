package dev.foyer.http;

import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * {@code /api/v1} as its document says: for each operation a route that asks for the token, reads the body, checks both by
 * the document, and answers with what the operation does.
 */
final class ApiRoutes {
    private static final String BASE = "/api/v1";
    private static final int MAX_BODY = 64 * 1024;

    private final ApiDocument document;
    private final Admission admission;
    private final Map<String, Function<ApiRequest, CompletionStage<ApiAnswer>>> operations;
    private final BodyHandler body = BodyHandler.create(false).setBodyLimit(MAX_BODY);

    /**
     * Needs exactly the operations of the document.
     *
     * @param operations what each does, by its id; may throw, or fail its stage, with a {@link RequestRefusal}, an
     *     {@link InvalidRequest} or a room's refusal
     */
    ApiRoutes(
            ApiDocument document,
            Admission admission,
            Map<String, Function<ApiRequest, CompletionStage<ApiAnswer>>> operations) {
        this.document = document;
        this.admission = admission;
        this.operations = Map.copyOf(operations);
        TreeSet<String> described = new TreeSet<>();
        document.operations().forEach(operation -> described.add(operation.id()));
        if (!described.equals(new TreeSet<>(operations.keySet()))) {
            throw new IllegalStateException("the API's document describes " + described + ", but there are "
                    + new TreeSet<>(operations.keySet()));
        }
    }

    /** Adds the routes. */
    void mount(Router router) {
        Map<String, TreeSet<String>> methods = new TreeMap<>();
        for (ApiOperation operation : document.operations()) {
            mount(router, operation);
            TreeSet<String> allowed = methods.computeIfAbsent(operation.path(), _ -> new TreeSet<>());
            allowed.add(operation.method().name());
            if (operation.method().equals(HttpMethod.GET)) {
                allowed.add(HttpMethod.HEAD.name());
            }
        }
        methods.forEach((path, allowed) -> router.route(path).handler(context -> {
            context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", allowed));
            Problem.end(context.response(), HttpError.METHOD_NOT_ALLOWED);
        }));
        router.route(BASE + "/*").handler(context -> Problem.end(context.response(), HttpError.NOT_FOUND));
    }

    private void mount(Router router, ApiOperation operation) {
        // Routes of their own: within one, Vert.x wants the body read before anything else.
        route(router, operation).handler(admission);
        route(router, operation).handler(context -> authorize(context, operation));
        if (operation.body() != null) {
            route(router, operation).handler(context -> checkType(context, operation));
            route(router, operation).handler(body).failureHandler(ApiRoutes::failed);
        }
        route(router, operation)
                .handler(context -> carryOut(context, operation))
                .failureHandler(ApiRoutes::failed);
    }

    private static Route route(Router router, ApiOperation operation) {
        Route route = router.route(operation.method(), operation.path());
        return operation.method().equals(HttpMethod.GET) ? route.method(HttpMethod.HEAD) : route;
    }

    private static void authorize(RoutingContext context, ApiOperation operation) {
        try {
            ApiAccess.check(Admission.identity(context), operation, context.pathParam("roomId"));
            context.next();
        } catch (RuntimeException refusal) {
            Problem.end(context.response(), refusal);
        }
    }

    private static void checkType(RoutingContext context, ApiOperation operation) {
        boolean empty = "0".equals(context.request().getHeader(HttpHeaders.CONTENT_LENGTH))
                || (!context.request().headers().contains(HttpHeaders.CONTENT_LENGTH)
                        && !context.request().headers().contains(HttpHeaders.TRANSFER_ENCODING));
        if (ApiRequest.isJson(context) || (empty && !operation.bodyRequired())) {
            context.next();
        } else {
            Problem.end(
                    context.response(),
                    HttpError.UNSUPPORTED_MEDIA_TYPE,
                    "Content-Type must be application/json",
                    List.of());
        }
    }

    private void carryOut(RoutingContext context, ApiOperation operation) {
        Context loop = context.vertx().getOrCreateContext();
        CompletionStage<ApiAnswer> answer;
        try {
            ApiRequest request = ApiRequest.read(context, operation, document.schemas());
            answer = Objects.requireNonNull(operations.get(operation.id())).apply(request);
        } catch (RuntimeException refusal) {
            Problem.end(context.response(), refusal);
            return;
        }
        var _ = answer.whenComplete((value, failure) -> loop.runOnContext(_ -> {
            if (failure != null) {
                Problem.end(context.response(), failure);
            } else {
                respond(context, value);
            }
        }));
    }

    private static void respond(RoutingContext context, ApiAnswer answer) {
        HttpServerResponse response = context.response();
        if (response.closed()) {
            return;
        }
        response.setStatusCode(answer.status()).putHeader("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(response::putHeader);
        if (answer.body() == null) {
            response.end();
            return;
        }
        String text = answer.body().encode();
        boolean read = isRead(context.request().method());
        // What is read may be kept and asked for again; what was made or done may not.
        response.putHeader(HttpHeaders.CACHE_CONTROL, read ? "private, no-cache" : "no-store");
        if (read) {
            String tag = ContentTags.of(text);
            response.putHeader(HttpHeaders.ETAG, tag);
            response.headers().add(HttpHeaders.VARY, "Authorization");
            if (ContentTags.names(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
                response.setStatusCode(304).end();
                return;
            }
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader(
                            HttpHeaders.CONTENT_LENGTH, Integer.toString(text.getBytes(StandardCharsets.UTF_8).length))
                    .end();
        } else {
            response.end(text);
        }
    }

    private static boolean isRead(HttpMethod method) {
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    /** What Vert.x refused while it read the body. */
    private static void failed(RoutingContext context) {
        if (context.failure() != null && context.statusCode() == 500) {
            Problem.end(context.response(), context.failure());
        } else {
            Problem.end(context.response(), HttpError.of(context.statusCode()));
        }
    }
}
