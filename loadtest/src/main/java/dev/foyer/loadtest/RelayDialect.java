package dev.foyer.loadtest;

/** How two clients of a dialect meet, and the message that one sends the other again and again. */
enum RelayDialect {
    /** {@code signal} of the native dialect, between two participants that can form a mesh. */
    CALL("") {
        @Override
        String join(String room, String user) {
            return "420[\"joinRoom\",{\"callId\":\"" + room + "\",\"userId\":\"" + user + "\",\"mesh\":true}]";
        }

        @Override
        String joined() {
            return "430[{\"success\":true";
        }

        @Override
        void introduce(RelayClient first, RelayClient second) {
            // Whoever has joined can be sent signals.
        }

        @Override
        String message(String to, int bytes) {
            return "42[\"signal\",{\"to\":\"" + to + "\",\"epoch\":1,\"description\":{\"type\":\"offer\",\"sdp\":\""
                    + Sdp.text(bytes) + "\"}}]";
        }

        @Override
        String relayed() {
            return "42[\"signal\",";
        }
    },
    /** {@code ice-candidate} of the dialect of that name, after an offer and its answer. */
    SIGNALING("/signaling,") {
        @Override
        String join(String room, String user) {
            return "42/signaling,[\"join-room\",{\"roomId\":\"" + room + "\",\"userId\":\"" + user
                    + "\",\"role\":\"speaker\"}]";
        }

        @Override
        String joined() {
            return "42/signaling,[\"room-joined\"";
        }

        @Override
        void introduce(RelayClient first, RelayClient second) {
            first.send(description("offer", second.id()));
            second.await("42/signaling,[\"offer\"");
            second.send(description("answer", first.id()));
            first.await("42/signaling,[\"answer\"");
        }

        private static String description(String type, String to) {
            return "42/signaling,[\"" + type + "\",{\"to\":\"" + to + "\",\"type\":\"" + type + "\",\"sdp\":\""
                    + Sdp.text(1_000) + "\"}]";
        }

        @Override
        String message(String to, int bytes) {
            return "42/signaling,[\"ice-candidate\",{\"to\":\"" + to + "\",\"candidate\":{\"candidate\":\""
                    + Sdp.text(bytes) + "\",\"sdpMid\":\"0\",\"sdpMLineIndex\":0}}]";
        }

        @Override
        String relayed() {
            return "42/signaling,[\"ice-candidate\",";
        }
    };

    private final String namespace;

    RelayDialect(String namespace) {
        this.namespace = namespace;
    }

    /** What a packet's header says of its namespace. */
    String namespace() {
        return namespace;
    }

    /** The event that takes a client into a room. */
    abstract String join(String room, String user);

    /** How the message begins that says that it is there. */
    abstract String joined();

    /** Whatever two clients that have joined have to tell each other before {@link #message} passes freely. */
    abstract void introduce(RelayClient first, RelayClient second);

    /** The event to be relayed, with a session description of about that many bytes. */
    abstract String message(String to, int bytes);

    /** How the relayed event begins. */
    abstract String relayed();
}
