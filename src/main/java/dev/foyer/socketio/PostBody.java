package dev.foyer.socketio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Reads one POST of a polling client and hands its packets to the session. */
final class PostBody {
    private final HttpExchange exchange;
    private final EngineSession session;
    private final PollingTransport transport;
    private final int maxPayload;
    private final Buffer body = Buffer.buffer();
    private boolean done;

    private PostBody(HttpExchange exchange, EngineSession session, PollingTransport transport, int maxPayload) {
        this.exchange = exchange;
        this.session = session;
        this.transport = transport;
        this.maxPayload = maxPayload;
    }

    /** Begins to read a request that is paused. In a task of the session. */
    static void read(HttpExchange exchange, EngineSession session, PollingTransport transport, int maxPayload) {
        if (!session.open()) {
            exchange.refuse(EngineError.BAD_REQUEST);
            return;
        }
        if (!transport.beginPost()) {
            session.close(CloseCause.PROTOCOL_ERROR);
            exchange.refuse(EngineError.BAD_REQUEST);
            return;
        }
        PostBody reading = new PostBody(exchange, session, transport, maxPayload);
        exchange.onLoop(reading::start);
    }

    // On the request's own loop.

    private void start() {
        HttpServerRequest request = exchange.request();
        if (exchange.request().response().closed()) {
            lost();
            return;
        }
        if (declaredLength(request) > maxPayload) {
            tooLarge();
            return;
        }
        request.handler(this::chunk);
        request.endHandler(_ -> end());
        request.exceptionHandler(_ -> lost());
        request.response().closeHandler(_ -> lost());
        request.resume();
    }

    private static long declaredLength(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        // Netty has refused a request whose length is no number.
        return length == null ? 0 : Long.parseLong(length);
    }

    private void chunk(Buffer chunk) {
        if (done) {
            return;
        }
        if (body.length() + chunk.length() > maxPayload) {
            tooLarge();
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void tooLarge() {
        done = true;
        exchange.refuse(EngineError.PAYLOAD_TOO_LARGE);
        session.executor().run(() -> {
            transport.endPost();
            session.malformed(transport);
        });
    }

    private void lost() {
        if (!done) {
            done = true;
            session.executor().run(() -> session.transportClosed(transport));
        }
    }

    private void end() {
        if (done) {
            return;
        }
        done = true;
        byte[] payload = body.getBytes();
        session.executor().run(() -> deliver(payload));
    }

    /** In a task of the session. */
    private void deliver(byte[] payload) {
        transport.endPost();
        InboundPackets packets = new InboundPackets(session, transport);
        boolean open = session.open() && session.transport() == transport;
        if (open) {
            EngineIoPacket.decodePayload(payload, packets);
        }
        if (!open || packets.sawMalformed()) {
            exchange.refuse(EngineError.BAD_REQUEST);
        } else {
            exchange.ok();
        }
    }
}
