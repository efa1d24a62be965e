package dev.foyer.http;

import static dev.foyer.http.WhipHouse.FRAGMENT;
import static dev.foyer.http.WhipHouse.await;
import static dev.foyer.http.WhipHouse.etag;
import static dev.foyer.http.WhipHouse.location;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.ortc.IceParameters;
import dev.foyer.room.FakeSdp;
import dev.foyer.room.MediaError;
import dev.foyer.room.MediaException;
import java.net.http.HttpResponse;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ICE restarts that meet: each is of the ICE session that its entity tag names (RFC 9725, section 4.3.3). */
class WhipRestartTest {
    private static final String SENDING = FakeSdp.of("1001", "audio sendonly").text();
    private static final IceParameters RESTARTED = new IceParameters("ufrag2", "another password", true);

    private final BlockingQueue<CompletableFuture<IceParameters>> restarts = new LinkedBlockingQueue<>();
    private WhipHouse house;
    private HttpResponse<String> opened;

    @BeforeEach
    void open() throws Exception {
        house = new WhipHouse();
        house.plane.restarts = restarts;
        opened = house.opened("/whip/room", SENDING);
    }

    @AfterEach
    void close() {
        house.close();
    }

    private HttpResponse<String> restart(String usernameFragment, String ifMatch) throws Exception {
        String fragment = "a=ice-ufrag:" + usernameFragment + "\r\na=ice-pwd:abcdef0123456789abcdef01\r\n";
        return house.send("PATCH", location(opened), FRAGMENT, fragment, "If-Match", ifMatch);
    }

    private CompletableFuture<HttpResponse<String>> begin(String usernameFragment, String ifMatch) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return restart(usernameFragment, ifMatch);
            } catch (Exception failure) {
                throw new CompletionException(failure);
            }
        });
    }

    /** Waits until a restart has reached the media plane. */
    private CompletableFuture<IceParameters> reached() throws InterruptedException {
        CompletableFuture<IceParameters> restart = restarts.poll(10, TimeUnit.SECONDS);
        assertNotNull(restart, "no restart was asked for");
        return restart;
    }

    @Test
    void refusesARestartWhileAnotherIsUnderWayAndAfterIt() throws Exception {
        CompletableFuture<HttpResponse<String>> first = begin("u1002", etag(opened));
        CompletableFuture<IceParameters> restart = reached();

        assertEquals(412, restart("u1003", etag(opened)).statusCode());
        assertEquals(412, restart("u1003", "*").statusCode());
        restart.complete(RESTARTED);
        HttpResponse<String> restarted = await(first);
        assertEquals(200, restarted.statusCode());
        assertTrue(restarted.body().contains("a=ice-ufrag:ufrag2"), restarted.body());
        assertEquals(412, restart("u1003", etag(opened)).statusCode());
        assertNull(restarts.poll(), "one was begun");

        CompletableFuture<HttpResponse<String>> next = begin("u1003", etag(restarted));
        reached().complete(RESTARTED);
        assertEquals(200, await(next).statusCode());
    }

    /** Its request saw the ICE session before another restart ended, and comes for it afterwards. */
    @Test
    void beginsNoRestartOfAnIceSessionThatIsOver() {
        String location = location(opened);
        WhipSession session =
                house.sessions.find(WhipKind.WHIP, "room", location.substring(location.lastIndexOf('/') + 1));
        WhipSession.Negotiated seen = session.negotiated();
        assertTrue(session.beginRestart(seen));
        session.negotiated(seen.restarted("u1002", "\"next\""));
        session.endRestart();

        assertFalse(session.beginRestart(seen));
        assertTrue(session.beginRestart(session.negotiated()));
    }

    @Test
    void restartsAgainAfterARestartThatFailed() throws Exception {
        CompletableFuture<HttpResponse<String>> first = begin("u1002", etag(opened));
        reached().completeExceptionally(new MediaException(MediaError.CLOSED, "as the test says"));
        assertTrue(await(first).statusCode() >= 500, "it failed");

        CompletableFuture<HttpResponse<String>> second = begin("u1002", etag(opened));
        reached().complete(RESTARTED);
        assertEquals(200, await(second).statusCode());
    }
}
