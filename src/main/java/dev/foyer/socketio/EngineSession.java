package dev.foyer.socketio;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One Engine.IO connection: handshake, heartbeat, write buffer, and the change from polling to WebSocket. It does no I/O
 * of its own and lives on its {@link SerialExecutor}: every method but the accessors is called in its tasks.
 */
final class EngineSession {
    /** How long a poll waits during an upgrade before it is answered with a noop, and between such answers. */
    private static final long NOOP_DELAY_MILLIS = 100;

    /** How long the poll of a client that has said goodbye may be late. */
    private static final long LATE_POLL_MILLIS = 1_000;

    private enum State {
        OPEN,
        /** Writing what is left. */
        CLOSING,
        CLOSED
    }

    private final String id;
    private final SerialExecutor executor;
    private final SocketIoOptions options;
    private final SocketIoCounters counters;
    private final Runnable whenGone;
    private final Heartbeat heartbeat;
    private final ArrayDeque<OutboundFrame> buffer = new ArrayDeque<>(2);
    private State state = State.OPEN;
    private EngineTransport transport;
    private @Nullable EngineHandler handler;
    private @Nullable EngineUpgrade upgrade;
    private Loop.@Nullable Timer closingTimer;
    private long bufferedBytes;
    private boolean flushPosted;

    /**
     * Makes a session that is not open yet.
     *
     * @param id secret: whoever knows it can send and receive as the client
     * @param whenGone told when nothing of the session is left to be written
     */
    EngineSession(
            String id,
            SerialExecutor executor,
            SocketIoOptions options,
            SocketIoCounters counters,
            EngineTransport transport,
            Runnable whenGone) {
        this.id = id;
        this.executor = executor;
        this.options = options;
        this.counters = counters;
        this.transport = transport;
        this.whenGone = whenGone;
        heartbeat = new Heartbeat(executor, options.heartbeat(), this::ping, () -> close(CloseCause.PING_TIMEOUT));
    }

    String id() {
        return id;
    }

    SerialExecutor executor() {
        return executor;
    }

    boolean open() {
        return state == State.OPEN;
    }

    /** Whether packets written now reach the transport at once. */
    boolean writable() {
        return state == State.OPEN && buffer.isEmpty() && transport.writable();
    }

    EngineTransport transport() {
        return transport;
    }

    /** Greets the client and starts the heartbeat. */
    void start(EngineHandler handler) {
        this.handler = handler;
        HeartbeatOptions times = options.heartbeat();
        String upgrades = transport.name().equals(PollingTransport.NAME) ? "\"websocket\"" : "";
        send(OutboundFrame.text("0{\"sid\":\"" + id + "\",\"upgrades\":[" + upgrades + "],\"pingInterval\":"
                + times.pingInterval().toMillis() + ",\"pingTimeout\":"
                + times.pingTimeout().toMillis() + ",\"maxPayload\":"
                + options.limits().maxPayload() + "}"));
        heartbeat.start();
    }

    /** Sends a packet; does nothing once the session is closing. */
    void send(OutboundFrame frame) {
        if (state == State.OPEN) {
            enqueue(frame);
            flushSoon();
        }
    }

    /** Sends a Socket.IO packet with its attachments. */
    void send(EncodedPacket packet) {
        if (state != State.OPEN) {
            return;
        }
        enqueue(packet.text());
        for (OutboundFrame attachment : packet.attachments()) {
            enqueue(attachment);
        }
        flushSoon();
    }

    private void enqueue(OutboundFrame frame) {
        buffer.add(frame);
        bufferedBytes += frame.size();
    }

    /** A poll is answered once, so it waits for the packets that are already under way to this session. */
    private void flushSoon() {
        if (transport.name().equals(PollingTransport.NAME)) {
            if (!flushPosted) {
                flushPosted = true;
                executor.post(() -> {
                    flushPosted = false;
                    flush();
                });
            }
        } else {
            flush();
        }
    }

    /** Writes what the transport takes. Transports call it when they become writable. */
    void flush() {
        if (state == State.CLOSED) {
            return;
        }
        while (!buffer.isEmpty() && transport.writable()) {
            bufferedBytes -= transport.write(buffer);
        }
        if (buffer.isEmpty() && state == State.CLOSING) {
            gone();
            transport.end(OutboundFrame.CLOSE);
        } else if (bufferedBytes > options.limits().maxBufferedBytes()) {
            close(CloseCause.SLOW_READER);
        }
    }

    /** A poll has come in: during an upgrade it must not stay, since the client waits for its end. */
    void pollArrived() {
        if (state == State.CLOSED) {
            // The request found the session a moment before its end; nothing else would ever answer it.
            transport.kill();
            return;
        }
        flush();
        if (upgrade != null && upgrade.probed() && !upgrade.noopScheduled() && transport.writable()) {
            scheduleNoop(upgrade);
        }
    }

    // Packets from the client.

    /** Takes a packet; see {@link EngineIoPacket.Receiver#text}. */
    boolean receive(EngineTransport from, EngineIoPacket.Type type, byte[] bytes, int offset, int end) {
        if (upgrade != null && from.equals(upgrade.candidate())) {
            receiveFromCandidate(upgrade, type, bytes, offset, end);
            return true;
        }
        if (state != State.OPEN || !from.equals(transport) || handler == null) {
            return false;
        }
        switch (type) {
            case MESSAGE -> handler.onText(bytes, offset, end);
            case PONG -> pong();
            case CLOSE -> closedByClient();
            // In this revision only servers send pings.
            case PING -> close(CloseCause.PROTOCOL_ERROR);
            case OPEN, UPGRADE, NOOP -> {}
        }
        return state == State.OPEN;
    }

    /** Takes a binary message and its array. */
    boolean receiveBinary(EngineTransport from, byte[] bytes) {
        if (upgrade != null && from.equals(upgrade.candidate())) {
            abandonUpgrade(upgrade);
        } else if (state == State.OPEN && from.equals(transport) && handler != null) {
            handler.onBinary(bytes);
        }
        return state == State.OPEN;
    }

    /** Something came that is no packet or too large. */
    void malformed(EngineTransport from) {
        if (upgrade != null && from.equals(upgrade.candidate())) {
            abandonUpgrade(upgrade);
        } else if (from.equals(transport)) {
            close(CloseCause.PROTOCOL_ERROR);
        }
    }

    /** A transport is gone. */
    void transportClosed(EngineTransport from) {
        if (upgrade != null && from.equals(upgrade.candidate())) {
            abandonUpgrade(upgrade);
        } else if (from.equals(transport)) {
            close(CloseCause.TRANSPORT_LOST);
        }
    }

    // Upgrade.

    /** Whether a WebSocket may try to take over. */
    boolean upgradable() {
        return state == State.OPEN && upgrade == null && transport.name().equals(PollingTransport.NAME);
    }

    /** Lets a WebSocket try to take over; on success the session moves to that one's loop. */
    void startUpgrade(EngineTransport candidate, Loop loop) {
        EngineUpgrade started = new EngineUpgrade(candidate, loop);
        upgrade = started;
        started.timeout(executor.schedule(options.heartbeat().upgradeTimeout().toMillis(), () -> {
            if (upgrade == started) {
                abandonUpgrade(started);
            }
        }));
    }

    private void receiveFromCandidate(EngineUpgrade from, EngineIoPacket.Type type, byte[] bytes, int offset, int end) {
        if (state == State.OPEN && !from.probed() && type == EngineIoPacket.Type.PING && isProbe(bytes, offset, end)) {
            ArrayDeque<OutboundFrame> answer = new ArrayDeque<>(1);
            answer.add(OutboundFrame.PROBE_ANSWER);
            from.candidate().write(answer);
            from.markProbed();
            noop();
        } else if (type == EngineIoPacket.Type.UPGRADE && from.probed() && state != State.CLOSED) {
            from.cancelTimers();
            upgrade = null;
            EngineTransport polling = transport;
            transport = from.candidate();
            executor.moveTo(from.loop());
            if (handler != null) {
                handler.onMoved(from.loop());
            }
            polling.kill();
            flush();
        } else {
            abandonUpgrade(from);
        }
    }

    private static boolean isProbe(byte[] bytes, int offset, int end) {
        byte[] probe = {'p', 'r', 'o', 'b', 'e'};
        return Arrays.equals(bytes, offset, end, probe, 0, probe.length);
    }

    private void noop() {
        if (transport.writable() && buffer.isEmpty()) {
            buffer.add(OutboundFrame.NOOP);
            transport.write(buffer);
        }
    }

    private void scheduleNoop(EngineUpgrade current) {
        current.noop(executor.schedule(NOOP_DELAY_MILLIS, () -> {
            current.noop(null);
            if (upgrade == current) {
                noop();
            }
        }));
    }

    private void abandonUpgrade(EngineUpgrade abandoned) {
        upgrade = null;
        abandoned.cancelTimers();
        abandoned.candidate().end(OutboundFrame.CLOSE);
    }

    private void ping() {
        send(OutboundFrame.PING);
        if (handler != null) {
            handler.onPing();
        }
    }

    private void pong() {
        if (heartbeat.pong() && handler != null) {
            handler.onPong();
        }
    }

    // The end.

    /** Ends the session after what has been sent; the handler hears of it now. */
    void closeGracefully(CloseCause cause) {
        if (state != State.OPEN) {
            return;
        }
        long limit = options.heartbeat().pingTimeout().toMillis();
        if (transport.name().equals(PollingTransport.NAME)) {
            enqueue(OutboundFrame.CLOSE);
            startClosing(limit);
            executor.post(this::flush);
        } else {
            startClosing(limit);
            flush();
        }
        notifyClosed(cause);
    }

    /** The client said so. Its poll may still be on the way, by another connection, and is to end well. */
    private void closedByClient() {
        if (transport.name().equals(PollingTransport.NAME) && !transport.writable()) {
            buffer.clear();
            bufferedBytes = 0;
            enqueue(OutboundFrame.NOOP);
            startClosing(LATE_POLL_MILLIS);
            notifyClosed(CloseCause.TRANSPORT_LOST);
        } else {
            close(CloseCause.TRANSPORT_LOST, OutboundFrame.NOOP);
        }
    }

    private void startClosing(long limitMillis) {
        state = State.CLOSING;
        heartbeat.stop();
        dropUpgrade();
        closingTimer = executor.schedule(limitMillis, () -> {
            if (state == State.CLOSING) {
                gone();
                transport.kill();
            }
        });
    }

    /** Ends the session at once. */
    void close(CloseCause cause) {
        close(cause, OutboundFrame.CLOSE);
    }

    private void close(CloseCause cause, OutboundFrame farewell) {
        if (state == State.CLOSED) {
            return;
        }
        gone();
        if (cause == CloseCause.SLOW_READER || cause == CloseCause.PING_TIMEOUT) {
            // A close frame would wait behind what nobody reads.
            transport.kill();
        } else {
            transport.end(farewell);
        }
        notifyClosed(cause);
    }

    private void gone() {
        state = State.CLOSED;
        heartbeat.stop();
        if (closingTimer != null) {
            closingTimer.cancel();
        }
        dropUpgrade();
        buffer.clear();
        bufferedBytes = 0;
        whenGone.run();
    }

    /**
     * The session ends during an upgrade. A client whose probe was answered has stopped polling: if its WebSocket failed
     * now it would wait for its ping timeout, so the WebSocket stays until the client moves to it or gives up.
     */
    private void dropUpgrade() {
        if (upgrade == null) {
            return;
        }
        if (upgrade.probed()) {
            upgrade.cancelNoop();
        } else {
            abandonUpgrade(upgrade);
        }
    }

    private void notifyClosed(CloseCause cause) {
        counters.closed(cause);
        EngineHandler told = handler;
        handler = null;
        if (told != null) {
            told.onClosed(cause);
        }
    }
}
