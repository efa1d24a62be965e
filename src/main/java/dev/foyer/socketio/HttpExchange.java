package dev.foyer.socketio;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** A polling request. Answers are handed to the request's own loop, which may be another than the session's. */
final class HttpExchange implements PollingTransport.Exchange {
    private final HttpServerRequest request;
    private final Loop loop;
    private final SocketIoCounters counters;

    /** On the request's own loop. */
    HttpExchange(HttpServerRequest request, Loop loop, SocketIoCounters counters) {
        this.request = request;
        this.loop = loop;
        this.counters = counters;
    }

    HttpServerRequest request() {
        return request;
    }

    Loop loop() {
        return loop;
    }

    @Override
    public void payload(byte[] payload) {
        answer(200, "text/plain; charset=UTF-8", payload);
    }

    @Override
    public void ok() {
        answer(200, "text/html", new byte[] {'o', 'k'});
    }

    @Override
    public void refuse(EngineError error) {
        counters.refused();
        answer(error.status(), "application/json", error.body());
    }

    /** As {@link #refuse}, and says when to try again; rounded up to whole seconds, as the header has them. */
    void refuseForNow(EngineError error, long retryAfterMillis) {
        String seconds = Long.toString(Math.ceilDiv(retryAfterMillis, 1_000L));
        onLoop(() -> {
            if (!request.response().headWritten()) {
                request.response().putHeader(HttpHeaders.RETRY_AFTER, seconds);
            }
            refuse(error);
        });
    }

    /** Runs something on the request's own loop. */
    void onLoop(Runnable task) {
        if (loop.inThread()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** Has something run on the request's own loop when the client goes away before the answer. */
    void onGone(Runnable task) {
        onLoop(() -> {
            if (request.response().closed()) {
                task.run();
            } else {
                request.response().closeHandler(_ -> task.run());
            }
        });
    }

    private void answer(int status, String contentType, byte[] body) {
        onLoop(() -> write(status, contentType, body));
    }

    private void write(int status, String contentType, byte[] body) {
        HttpServerResponse response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, contentType)
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (status == EngineError.PAYLOAD_TOO_LARGE.status()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            response.end(Buffer.buffer(body))
                    .onComplete((_, _) -> request.connection().close());
        } else {
            response.end(Buffer.buffer(body));
            // A body that nobody will read must not hold up the connection's next request. Over HTTP/2 one that was
            // read
            // to its end may not be resumed.
            if (!request.isEnded()) {
                request.resume();
            }
        }
    }
}
