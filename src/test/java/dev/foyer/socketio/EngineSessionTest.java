package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineSessionTest {
    private final ManualLoop loop = new ManualLoop();
    private final ManualLoop otherLoop = new ManualLoop();
    private final FakeTransport webSocket = new FakeTransport("websocket");
    private final RecordingHandler handler = new RecordingHandler();
    private boolean gone;

    private EngineSession session(EngineTransport transport) {
        EngineSession session = new EngineSession(
                "id",
                new SerialExecutor(loop),
                SocketIoOptions.defaults().withLimits(LimitOptions.defaults().withMaxBufferedBytes(100)),
                new SocketIoCounters(),
                transport,
                () -> gone = true);
        session.executor().run(() -> session.start(handler));
        loop.runTasks();
        return session;
    }

    private void receive(EngineSession session, EngineTransport from, String packet) {
        byte[] bytes = packet.getBytes(StandardCharsets.UTF_8);
        session.executor()
                .run(() -> EngineIoPacket.decodeText(bytes, 0, bytes.length, new InboundPackets(session, from)));
        loop.runTasks();
    }

    @Test
    void greetsWithItsTimesAndLimits() {
        session(webSocket);
        assertEquals(
                List.of("0{\"sid\":\"id\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,"
                        + "\"maxPayload\":1000000}"),
                webSocket.written);
    }

    @Test
    void pingsAndLivesAsLongAsItIsAnswered() {
        EngineSession session = session(webSocket);
        webSocket.written.clear();
        for (int i = 0; i < 3; i++) {
            loop.advance(25_000);
            assertEquals("2", webSocket.written.removeLast());
            loop.advance(19_999);
            receive(session, webSocket, "3");
        }
        assertEquals(1, loop.timers(), "one timer is all a quiet connection needs");
        assertNull(handler.closed);
    }

    @Test
    void endsWithoutAPong() {
        session(webSocket);
        loop.advance(44_999);
        assertNull(handler.closed);
        loop.advance(1);
        assertEquals(CloseCause.PING_TIMEOUT, handler.closed);
        assertTrue(webSocket.killed, "a close frame would wait behind unread data");
        assertTrue(gone);
        assertEquals(0, loop.timers());
    }

    @Test
    void pongsThatNobodyAskedForKeepNothingAlive() {
        EngineSession session = session(webSocket);
        loop.advance(24_000);
        receive(session, webSocket, "3");
        loop.advance(1_000);
        assertEquals("2", webSocket.written.getLast());
    }

    @Test
    void waitsForASlowReaderUpToItsLimit() {
        EngineSession session = session(webSocket);
        webSocket.open = false;
        session.send(OutboundFrame.text("4" + "x".repeat(99)));
        assertNull(handler.closed);
        session.send(OutboundFrame.text("4"));
        assertEquals(CloseCause.SLOW_READER, handler.closed);
        assertTrue(webSocket.killed);
    }

    @Test
    void writesWhatWaitedWhenTheReaderCatchesUp() {
        EngineSession session = session(webSocket);
        webSocket.written.clear();
        webSocket.open = false;
        for (int i = 0; i < 50; i++) {
            session.send(OutboundFrame.text("4" + i % 10));
        }
        webSocket.open = true;
        session.flush();
        assertEquals(50, webSocket.written.size());
        webSocket.open = false;
        session.send(OutboundFrame.text("4" + "x".repeat(90)));
        assertNull(handler.closed, "what was written counts no more");
    }

    @Test
    void aClientMustNotPing() {
        EngineSession session = session(webSocket);
        receive(session, webSocket, "2");
        assertEquals(CloseCause.PROTOCOL_ERROR, handler.closed);
    }

    @Test
    void closesGracefullyAfterWhatIsUnsent() {
        EngineSession session = session(webSocket);
        webSocket.open = false;
        session.send(OutboundFrame.text("4last"));
        session.closeGracefully(CloseCause.FORCED);
        session.send(OutboundFrame.text("4late"));
        assertEquals(CloseCause.FORCED, handler.closed);
        assertNull(webSocket.farewell);
        webSocket.open = true;
        session.flush();
        assertEquals("4last", webSocket.written.getLast());
        assertEquals("1", webSocket.farewell);
        assertTrue(gone);
    }

    @Test
    void givesUpClosingGracefullyWhenNobodyReads() {
        EngineSession session = session(webSocket);
        webSocket.open = false;
        session.send(OutboundFrame.text("4last"));
        session.closeGracefully(CloseCause.FORCED);
        loop.advance(20_000);
        assertTrue(gone);
        assertTrue(webSocket.killed);
    }

    @Test
    void answersAPollWithEverythingOfOneTurn() {
        PollingTransport polling = new PollingTransport();
        EngineSession session = session(polling);
        poll(session, polling);
        FakeExchange poll = poll(session, polling);
        session.executor().run(() -> {
            session.send(OutboundFrame.text("4a"));
            session.send(OutboundFrame.text("4b"));
        });
        loop.runTasks();
        assertEquals("4a\u001e4b", poll.answer);
    }

    @Test
    void tellsTheNextPollOfAGracefulClose() {
        PollingTransport polling = new PollingTransport();
        EngineSession session = session(polling);
        poll(session, polling);
        session.executor().run(() -> {
            session.send(OutboundFrame.text("41"));
            session.closeGracefully(CloseCause.FORCED);
        });
        loop.runTasks();
        assertFalse(gone);
        assertEquals("41\u001e1", poll(session, polling).answer);
        assertTrue(gone);
    }

    @Test
    void movesToTheWebSocketAndItsLoop() {
        PollingTransport polling = new PollingTransport();
        EngineSession session = session(polling);
        poll(session, polling);
        FakeExchange poll = poll(session, polling);
        assertTrue(session.upgradable());
        session.startUpgrade(webSocket, otherLoop);
        assertFalse(session.upgradable());
        receive(session, webSocket, "2probe");
        assertEquals(List.of("3probe"), webSocket.written);
        assertEquals("6", poll.answer);
        session.send(OutboundFrame.text("4during"));
        loop.runTasks();
        receive(session, webSocket, "5");
        assertEquals(List.of("3probe", "4during"), webSocket.written);
        assertEquals(otherLoop, session.executor().loop());
        assertEquals(otherLoop, handler.moved);
    }

    @Test
    void answersPollsDuringAnUpgradeAfterAMoment() {
        PollingTransport polling = new PollingTransport();
        EngineSession session = session(polling);
        poll(session, polling);
        session.startUpgrade(webSocket, otherLoop);
        receive(session, webSocket, "2probe");
        FakeExchange poll = poll(session, polling);
        loop.advance(99);
        assertNull(poll.answer);
        loop.advance(1);
        assertEquals("6", poll.answer);
    }

    @Test
    void staysOnPollingWhenTheUpgradeTakesTooLong() {
        EngineSession session = session(new PollingTransport());
        session.startUpgrade(webSocket, otherLoop);
        loop.advance(10_000);
        assertEquals("1", webSocket.farewell);
        assertTrue(session.upgradable());
        assertNull(handler.closed);
    }

    @Test
    void refusesAPollThatMeetsTheEnd() {
        PollingTransport polling = new PollingTransport();
        EngineSession session = session(polling);
        poll(session, polling);
        session.executor().run(() -> session.close(CloseCause.FORCED));
        FakeExchange late = poll(session, polling);

        assertEquals("BAD_REQUEST", late.answer);
    }

    @Test
    void anUpgradeWithoutAProbeIsNone() {
        PollingTransport polling = new PollingTransport();
        EngineSession session = session(polling);
        session.startUpgrade(webSocket, otherLoop);
        receive(session, webSocket, "5");
        assertEquals("1", webSocket.farewell);
        assertEquals(polling, session.transport());
    }

    @Test
    void aSecondProbeEndsTheUpgrade() {
        EngineSession session = session(new PollingTransport());
        session.startUpgrade(webSocket, otherLoop);
        receive(session, webSocket, "2probe");
        receive(session, webSocket, "2probe");
        assertEquals(List.of("3probe"), webSocket.written);
        assertEquals("1", webSocket.farewell);
        assertTrue(session.upgradable());
    }

    @Test
    void closingTakesTheUpgradeAlong() {
        EngineSession session = session(new PollingTransport());
        session.startUpgrade(webSocket, otherLoop);
        session.executor().run(() -> session.close(CloseCause.FORCED));
        assertEquals("1", webSocket.farewell);
        assertEquals(0, loop.timers());
    }

    @Test
    void aClientBetweenTransportsLearnsOfTheCloseOnTheSecond() {
        PollingTransport polling = new PollingTransport();
        EngineSession session = session(polling);
        poll(session, polling);
        session.startUpgrade(webSocket, otherLoop);
        receive(session, webSocket, "2probe");
        session.executor().run(() -> session.close(CloseCause.FORCED));
        assertNull(webSocket.farewell, "its failure would leave the client without any transport");
        receive(session, webSocket, "5");
        assertEquals("1", webSocket.farewell);
        assertEquals(0, loop.timers());
    }

    @Test
    void aGracefulCloseFollowsTheClientToTheWebSocket() {
        PollingTransport polling = new PollingTransport();
        EngineSession session = session(polling);
        poll(session, polling);
        session.startUpgrade(webSocket, otherLoop);
        receive(session, webSocket, "2probe");
        session.executor().run(() -> {
            session.send(OutboundFrame.text("41"));
            session.closeGracefully(CloseCause.FORCED);
        });
        loop.runTasks();
        receive(session, webSocket, "5");
        assertEquals(List.of("3probe", "41", "1"), webSocket.written);
        assertEquals("1", webSocket.farewell);
        assertTrue(gone);
    }

    @Test
    void endsAPollThatCrossesTheClientsClose() {
        PollingTransport polling = new PollingTransport();
        EngineSession session = session(polling);
        poll(session, polling);
        receive(session, polling, "1");
        assertEquals(CloseCause.TRANSPORT_LOST, handler.closed);
        assertEquals("6", poll(session, polling).answer);
        assertTrue(gone);
    }

    private FakeExchange poll(EngineSession session, PollingTransport polling) {
        FakeExchange exchange = new FakeExchange();
        session.executor().run(() -> {
            polling.poll(exchange);
            session.pollArrived();
        });
        return exchange;
    }

    private static final class FakeExchange implements PollingTransport.Exchange {
        private String answer;

        @Override
        public void payload(byte[] payload) {
            answer = new String(payload, StandardCharsets.UTF_8);
        }

        @Override
        public void ok() {
            answer = "ok";
        }

        @Override
        public void refuse(EngineError error) {
            answer = error.name();
        }
    }

    private static final class FakeTransport implements EngineTransport {
        private final String name;
        private final List<String> written = new ArrayList<>();
        private boolean open = true;
        private boolean killed;
        private String farewell;

        FakeTransport(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean writable() {
            return open;
        }

        @Override
        public long write(ArrayDeque<OutboundFrame> frames) {
            long bytes = 0;
            for (OutboundFrame frame = frames.poll(); frame != null; frame = frames.poll()) {
                written.add(new String(frame.bytes(), StandardCharsets.UTF_8));
                bytes += frame.size();
            }
            return bytes;
        }

        @Override
        public void end(OutboundFrame last) {
            farewell = new String(last.bytes(), StandardCharsets.UTF_8);
        }

        @Override
        public void kill() {
            killed = true;
        }
    }

    private static final class RecordingHandler implements EngineHandler {
        private CloseCause closed;
        private Loop moved;

        @Override
        public void onText(byte[] bytes, int offset, int end) {}

        @Override
        public void onBinary(byte[] bytes) {}

        @Override
        public void onPing() {}

        @Override
        public void onPong() {}

        @Override
        public void onMoved(Loop loop) {
            moved = loop;
        }

        @Override
        public void onClosed(CloseCause cause) {
            closed = cause;
        }
    }
}
