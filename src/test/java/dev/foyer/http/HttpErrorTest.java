package dev.foyer.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foyer.room.RoomErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpErrorTest {
    @ParameterizedTest
    @EnumSource
    void knowsEveryCodeOfARoom(RoomErrorCode code) {
        assertEquals(code.name(), HttpError.of(code).name());
    }

    @Test
    void takesTheGeneralErrorForAStatus() {
        assertEquals(HttpError.INVALID_MESSAGE, HttpError.of(400));
        assertEquals(HttpError.NOT_FOUND, HttpError.of(404));
        assertEquals(HttpError.CONFLICT, HttpError.of(409));
        assertEquals(HttpError.INVALID_MESSAGE, HttpError.of(418));
        assertEquals(HttpError.INTERNAL, HttpError.of(502));
    }
}
