package dev.foyer.socketio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A WebSocket whose client sends and does not read, in a channel whose clock stands still. */
class WebSocketBackpressureTest {
    private static final int CLOSE = 0x88;
    private static final int PING = 0x89;
    private static final int PONG = 0x8A;
    private static final int TEXT = 0x81;

    private final Gate gate = new Gate();
    private final EmbeddedChannel channel = new EmbeddedChannel(gate, new ChannelInboundHandlerAdapter());
    private EngineSession session;

    @BeforeEach
    void open() {
        channel.freezeTime();
        ChannelHandlerContext last = channel.pipeline().lastContext();
        ServerWebSocket socket = (ServerWebSocket) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ServerWebSocket.class, WebSocketInternal.class},
                (_, _, _) -> last);
        WebSocketTransport transport = new WebSocketTransport(socket);
        session = new EngineSession(
                "id",
                new SerialExecutor(new ManualLoop()),
                SocketIoOptions.defaults(),
                new SocketIoCounters(),
                transport,
                () -> {});
        transport.listen(session, 1_000);
    }

    @AfterEach
    void release() {
        gate.open = true;
        channel.finishAndReleaseAll();
    }

    /** A message that fills the channel while the client does not read. */
    private void fill() {
        gate.open = false;
        session.executor().run(() -> session.send(OutboundFrame.text("4" + "x".repeat(70_000))));
        channel.runPendingTasks();
        assertFalse(channel.isWritable());
    }

    private void receive(int firstByte, String text) {
        // The mask is zero.
        ByteBuf frame = Unpooled.buffer()
                .writeByte(firstByte)
                .writeByte(0x80 | text.length())
                .writeInt(0);
        frame.writeCharSequence(text, StandardCharsets.US_ASCII);
        channel.writeInbound(frame);
    }

    /** The first bytes of the frames that went out. */
    private List<Integer> sent() {
        List<Integer> sent = new ArrayList<>();
        for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            sent.add((int) frame.getUnsignedByte(frame.readerIndex()));
            frame.release();
        }
        return sent;
    }

    private void advance(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    @Test
    void answersPingsOnlyOfAClientThatReads() {
        receive(PING, "a");
        assertEquals(List.of(PONG), sent());
        fill();
        long waiting = channel.bytesBeforeWritable();
        receive(PING, "b");
        receive(PING, "c");
        assertEquals(waiting, channel.bytesBeforeWritable());

        gate.open = true;
        channel.flush();
        assertEquals(List.of(TEXT), sent());
        receive(PING, "d");
        assertEquals(List.of(PONG), sent());
    }

    @Test
    void answersNoPingAfterItsClose() {
        session.executor().run(() -> session.close(CloseCause.FORCED));
        channel.runPendingTasks();
        assertEquals(List.of(CLOSE), sent());
        receive(PING, "a");
        assertEquals(List.of(), sent());
    }

    @Test
    void waitsNotForEverForItsAnswerToAClose() {
        fill();
        receive(CLOSE, "");
        assertFalse(session.open());
        advance(999);
        assertTrue(channel.isOpen());
        advance(1);
        assertFalse(channel.isOpen());
        assertEquals(List.of(), sent());
    }

    /** Lets writes go, or not. */
    private static final class Gate extends ChannelOutboundHandlerAdapter {
        private boolean open = true;

        @Override
        public void flush(ChannelHandlerContext context) {
            if (open) {
                context.flush();
            }
        }
    }
}
