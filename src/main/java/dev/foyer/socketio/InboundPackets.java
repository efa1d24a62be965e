package dev.foyer.socketio;

/** Brings packets from a transport to its session. Used in the session's tasks. */
final class InboundPackets implements EngineIoPacket.Receiver {
    private final EngineSession session;
    private final EngineTransport transport;
    private boolean malformed;

    InboundPackets(EngineSession session, EngineTransport transport) {
        this.session = session;
        this.transport = transport;
    }

    /** Whether something came that was no packet. */
    boolean sawMalformed() {
        return malformed;
    }

    @Override
    public boolean text(EngineIoPacket.Type type, byte[] bytes, int offset, int end) {
        return session.receive(transport, type, bytes, offset, end);
    }

    @Override
    public boolean binary(byte[] bytes) {
        return session.receiveBinary(transport, bytes);
    }

    @Override
    public void malformed() {
        malformed = true;
        session.malformed(transport);
    }
}
