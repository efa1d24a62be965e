package dev.foyer.socketio;

import java.util.List;

/** A Socket.IO packet as Engine.IO messages: its text, then its attachments. */
record EncodedPacket(OutboundFrame text, List<OutboundFrame> attachments) {
    /** Bytes of all its messages. */
    int size() {
        int size = text.size();
        for (OutboundFrame attachment : attachments) {
            size += attachment.size();
        }
        return size;
    }
}
