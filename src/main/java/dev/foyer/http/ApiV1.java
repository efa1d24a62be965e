package dev.foyer.http;

import dev.foyer.room.Rooms;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code /api/v1}: its document, what each of its operations does, and a page to try it. */
final class ApiV1 {
    private final ApiDocument document = ApiDocument.built();
    private final ApiRoutes routes;
    private final String tag = ContentTags.of(document.text());

    ApiV1(Admission admission, ServerStatus status, Rooms rooms, ApiServices services, InstantSource clock) {
        ApiRooms ofRooms = new ApiRooms(rooms, clock);
        ApiParticipants ofParticipants = new ApiParticipants(rooms);
        ApiTokens ofTokens = new ApiTokens(services.tokens(), clock);
        ApiServer ofServer = new ApiServer(rooms, status, services);
        Map<String, Function<ApiRequest, CompletionStage<ApiAnswer>>> operations = Map.ofEntries(
                Map.entry("listRooms", ofRooms::list),
                Map.entry("createRoom", ofRooms::create),
                Map.entry("putRoom", ofRooms::put),
                Map.entry("getRoom", ofRooms::get),
                Map.entry("changeRoom", ofRooms::change),
                Map.entry("deleteRoom", ofRooms::delete),
                Map.entry("getRoomStats", ofRooms::stats),
                Map.entry("listParticipants", ofParticipants::list),
                Map.entry("getParticipant", ofParticipants::get),
                Map.entry("kickParticipant", ofParticipants::kick),
                Map.entry("moderateParticipant", ofParticipants::moderate),
                Map.entry("listLobby", ofParticipants::lobby),
                Map.entry("decideLobby", ofParticipants::decide),
                Map.entry("createToken", ofTokens::create),
                Map.entry("getStats", ofServer::stats),
                Map.entry("getDrain", ofServer::drain),
                Map.entry("startDrain", ofServer::startDrain));
        this.routes = new ApiRoutes(document, admission, operations);
    }

    /** Adds the routes. */
    void mount(Router router) {
        routes.mount(router);
        router.route("/openapi.json")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(this::show);
        ApiPage.mount(router);
    }

    private void show(RoutingContext context) {
        HttpServerResponse response = context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader(HttpHeaders.ETAG, tag);
        if (ContentTags.names(context.request().getHeader(HttpHeaders.IF_NONE_MATCH), tag)) {
            response.setStatusCode(304).end();
        } else {
            response.end(document.text());
        }
    }
}
