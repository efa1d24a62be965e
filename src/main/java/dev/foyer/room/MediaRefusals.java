package dev.foyer.room;

import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The media plane's refusals in the words of a room. */
final class MediaRefusals {
    /** How long whoever holds too much is told to wait: something has to be closed first. */
    static final long RETRY_MILLIS = 5_000;

    private static final String TRACKS = "transports, producers or consumers in the room";

    private MediaRefusals() {}

    /** Asks the media session for something; what that refuses fails the stage in the words of a room. */
    static <T> CompletionStage<T> ask(SfuSession session, Function<MediaSession, CompletionStage<T>> request) {
        return session.ask(request).handle((value, failure) -> {
            refuseOn(failure);
            return value;
        });
    }

    /** Throws what a request to the media session failed with; returns when it did not fail. */
    static void refuseOn(@Nullable Throwable reported) {
        Throwable failure =
                reported instanceof CompletionException && reported.getCause() != null ? reported.getCause() : reported;
        if (failure instanceof RoomException refusal) {
            throw refusal;
        }
        if (failure instanceof MediaException refusal) {
            throw refusal.error() == MediaError.LIMIT_REACHED
                    ? RoomException.tooMany(TRACKS, RETRY_MILLIS)
                    : new RoomException(codeOf(refusal.error()), textOf(refusal));
        }
        if (failure != null) {
            throw new RoomException(RoomErrorCode.INTERNAL);
        }
    }

    private static RoomErrorCode codeOf(MediaError error) {
        return switch (error) {
            case TRANSPORT_NOT_FOUND -> RoomErrorCode.TRANSPORT_NOT_FOUND;
            case PRODUCER_NOT_FOUND -> RoomErrorCode.PRODUCER_NOT_FOUND;
            case CONSUMER_NOT_FOUND -> RoomErrorCode.CONSUMER_NOT_FOUND;
            case CANNOT_CONSUME -> RoomErrorCode.CANNOT_CONSUME;
            case INVALID_PARAMETERS -> RoomErrorCode.INVALID_MESSAGE;
            case NOT_ACCEPTABLE -> RoomErrorCode.NOT_ACCEPTABLE;
            case LIMIT_REACHED -> RoomErrorCode.RATE_LIMITED;
            case CLOSED -> RoomErrorCode.SFU_UNAVAILABLE;
        };
    }

    /** Only what the client got wrong is worth more words than the code's own. */
    private static String textOf(MediaException refusal) {
        String message = refusal.getMessage();
        return (refusal.error() == MediaError.INVALID_PARAMETERS || refusal.error() == MediaError.NOT_ACCEPTABLE)
                        && message != null
                ? message
                : codeOf(refusal.error()).text();
    }
}
