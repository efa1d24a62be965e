package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foyer.room.RoomErrorCode;
import dev.foyer.room.RoomException;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class IdempotencyKeysTest {
    private final IdempotencyKeys keys = new IdempotencyKeys(3, 200);
    private int carriedOut;

    @Test
    void refusesARepetitionWhileTheFirstIsCarriedOut() {
        CompletableFuture<ApiAnswer> first = new CompletableFuture<>();
        keys.once("k", "f", 0, () -> first);
        RequestRefusal refusal = assertThrows(RequestRefusal.class, () -> once("k", "f"));
        assertEquals(HttpError.CONFLICT, refusal.error());
        first.complete(answer(1));
        assertEquals(answer(1), once("k", "f").toCompletableFuture().join());
        assertEquals(0, carriedOut);
    }

    @Test
    void triesAgainWhatFailed() {
        keys.once("k", "f", 0, () -> CompletableFuture.failedStage(new RoomException(RoomErrorCode.DRAINING)));
        assertThrows(
                RoomException.class,
                () -> keys.once("k", "f", 0, () -> {
                    throw new RoomException(RoomErrorCode.INTERNAL);
                }));
        once("k", "f");
        assertEquals(1, carriedOut);
    }

    @Test
    void forgetsTheOldestOfTooMany() {
        for (String key : new String[] {"a", "b", "c", "d"}) {
            once(key, "f");
        }
        once("b", "f");
        assertEquals(4, carriedOut);
        once("a", "f");
        assertEquals(5, carriedOut);
    }

    @Test
    void forgetsTheOldestOfTooMuch() {
        ApiAnswer large = new ApiAnswer(201, new JsonObject().put("x", "y".repeat(120)), Map.of());
        keys.once("a", "f", 0, () -> CompletableFuture.completedStage(large));
        keys.once("b", "f", 0, () -> CompletableFuture.completedStage(large));
        once("b", "f");
        assertEquals(0, carriedOut);
        once("a", "f");
        assertEquals(1, carriedOut);
    }

    @Test
    void forgetsAfterADay() {
        once("k", "f");
        assertEquals(answer(1), keys.once("k", "f", 86_399_999, this::carryOut).toCompletableFuture().join());
        assertEquals(answer(2), keys.once("k", "f", 86_400_000, this::carryOut).toCompletableFuture().join());
    }

    private CompletionStage<ApiAnswer> once(String key, String fingerprint) {
        return keys.once(key, fingerprint, 0, this::carryOut);
    }

    private CompletionStage<ApiAnswer> carryOut() {
        return CompletableFuture.completedStage(answer(++carriedOut));
    }

    private static ApiAnswer answer(int number) {
        return new ApiAnswer(201, new JsonObject().put("number", number), Map.of());
    }
}
