package dev.foyer.documentation;

import static dev.foyer.dialect.DialectHouse.object;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foyer.dialect.DialectHouse;
import dev.foyer.dialect.Event;
import dev.foyer.dialect.FakeSocket;
import dev.foyer.dialect.JsonWriter;
import dev.foyer.dialect.Messages;
import dev.foyer.dialect.Protocol;
import dev.foyer.dialect.call.CallDialect;
import dev.foyer.dialect.guide.GuideDialect;
import dev.foyer.dialect.mediasoup.MediasoupDialect;
import dev.foyer.dialect.signaling.SignalingDialect;
import dev.foyer.dialect.webrtc.WebRtcDialect;
import dev.foyer.room.RoomEvent;
import dev.foyer.socketio.Socket;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/protocol.md} against the dialects. What clients send is sent as documented, and what the dialect reads of it
 * observed; what they are sent is written from the dialect's own records, or by the dialect, and compared.
 */
class ProtocolDocTest {
    private static final String SENT = "Client sends";
    private static final String ASKED = "Client asks";
    private static final String HEARD = "Server sends";

    private final ProtocolDoc doc;
    private final Set<String> seen = new TreeSet<>();
    private final ShownFields shown;

    ProtocolDocTest() throws IOException {
        doc = ProtocolDoc.read();
        shown = new ShownFields(doc.objects(), seen);
    }

    /** A dialect, the section about it and the field that has its messages. */
    record Spoken(String section, Protocol protocol, String table) {
        @Override
        public String toString() {
            return section;
        }
    }

    static List<Spoken> dialects() {
        return Stream.concat(Stream.of(call()), recorded().stream()).toList();
    }

    /** The dialects whose every message to a client is a record. */
    static List<Spoken> recorded() {
        return List.of(
                new Spoken(
                        "mediasoup", MediasoupDialect.PROTOCOL, "dev.foyer.dialect.mediasoup.MediasoupRequests#TABLE"),
                new Spoken(
                        "signaling", SignalingDialect.PROTOCOL, "dev.foyer.dialect.signaling.SignalingDialect#TABLE"),
                new Spoken(
                        "webrtc",
                        new WebRtcDialect(() -> Instant.EPOCH),
                        "dev.foyer.dialect.webrtc.WebRtcDialect#table"),
                new Spoken("guide", GuideDialect.PROTOCOL, "dev.foyer.dialect.guide.GuideDialect#TABLE"));
    }

    private static Spoken call() {
        return new Spoken("call", CallDialect.PROTOCOL, "dev.foyer.dialect.call.CallRequests#TABLE");
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void namesEveryMessageThatIsUnderstood(Spoken dialect) throws Exception {
        assertEquals(messages(dialect), new TreeSet<>(sent(dialect).keySet()));
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void describesWhatIsReadOfMessages(Spoken dialect) {
        checkRead(dialect);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void describesWhatIsSent(Spoken dialect) throws Exception {
        checkSent(dialect);
    }

    @Test
    void describesWhatCallIsSent() throws Exception {
        checkCallSent();
    }

    @Test
    void describesWhatCallIsAnswered() {
        checkCallAnswered();
    }

    @Test
    void describesRefusals() {
        checkRefusals();
    }

    /** One whose fields nobody reads and nobody writes is a relic. */
    @Test
    void everyFieldOfAnObjectExists() throws Exception {
        for (Spoken dialect : dialects()) {
            checkRead(dialect);
        }
        for (Spoken dialect : recorded()) {
            checkSent(dialect);
        }
        checkCallSent();
        checkCallAnswered();
        checkRefusals();
        Set<String> api = doc.table("The room API", "Object").keySet();
        doc.objects().forEach((name, type) -> {
            if (!api.contains(name)) {
                assertAllThere(name, (FieldType.Fields) type);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("dialects")
    void drawsOnlyMessagesThatExist(Spoken dialect) {
        Set<String> known = new TreeSet<>(sent(dialect).keySet());
        known.addAll(doc.events(dialect.section, HEARD).keySet());
        Set<String> unknown = doc.drawn(dialect.section);
        assertTrue(!unknown.isEmpty());
        unknown.removeAll(known);
        assertEquals(Set.of(), unknown);
    }

    private void checkRead(Spoken dialect) {
        SentMessages messages = new SentMessages(dialect.protocol, doc.objects(), seen);
        sent(dialect).forEach(messages::check);
    }

    private void checkSent(Spoken dialect) throws Exception {
        Map<String, FieldType> documented = doc.events(dialect.section, HEARD);
        Set<String> sent = new TreeSet<>();
        for (Class<? extends Record> message : serverMessages(dialect)) {
            String event = message.getAnnotation(Event.class).value();
            sent.add(event);
            FieldType type = documented.get(event);
            assertTrue(type != null, () -> event + " is not documented");
            Map<String, Object> least = JsonWriter.object(Samples.minimal(message));
            shown.check(event, type, least);
            shown.check(event, type, JsonWriter.object(Samples.full(message)));
            if (type instanceof FieldType.Fields fields) {
                assertAllThere(event, fields);
                fields.fields()
                        .forEach((name, field) -> assertEquals(
                                !least.containsKey(name), field.optional(), () -> event + "." + name + " is optional"));
            }
        }
        assertEquals(sent, documented.keySet());
    }

    private void checkCallSent() throws Exception {
        Map<String, FieldType> documented = doc.events("call", HEARD);
        Set<String> sent = new TreeSet<>();
        for (Class<?> event : RoomEvent.class.getPermittedSubclasses()) {
            for (RoomEvent sample : List.of((RoomEvent) Samples.minimal(event.asSubclass(Record.class)), (RoomEvent)
                    Samples.full(event.asSubclass(Record.class)))) {
                for (FakeSocket.Emitted emitted : written(sample)) {
                    sent.add(emitted.event());
                    FieldType type = documented.get(emitted.event());
                    assertTrue(type != null, () -> emitted.event() + " is not documented");
                    shown.check(emitted.event(), type, emitted.payload());
                }
            }
        }
        for (Class<? extends Record> message : serverMessages(call())) {
            String event = Messages.event(message);
            sent.add(event);
            shown.check(event, documented.get(event), JsonWriter.object(Samples.full(message)));
        }
        assertEquals(sent, documented.keySet());
        documented.forEach((event, type) -> {
            if (type instanceof FieldType.Fields fields) {
                assertAllThere(event, fields);
            }
        });
    }

    private void checkCallAnswered() {
        Map<String, FieldType> answers = new LinkedHashMap<>();
        doc.table("call", ASKED)
                .forEach((event, cells) -> answers.put(event, FieldType.parse(ProtocolDoc.code(cells.get(2)))));
        Set<String> answered = new TreeSet<>();
        new CallScenario().play((event, data) -> {
            answered.add(event);
            shown.check(event + " ->", answers.get(event), data);
        });
        assertEquals(answers.keySet(), answered);
        for (String object : List.of("CallJoined", "CallPeer", "CallRoom", "CallProducer", "CallConsumer")) {
            assertAllThere(object, (FieldType.Fields) doc.objects().get(object));
        }
    }

    private void checkRefusals() {
        DialectHouse house = new DialectHouse(CallDialect.PROTOCOL);
        FakeSocket socket = house.connect("a");
        house.send(socket, "unheard-of");
        shown.check(
                "error", new FieldType.Named("Refusal"), socket.heard("error").getFirst());
        socket.listener().onRateLimited("chat", null, 100);
        shown.check(
                "error", new FieldType.Named("Refusal"), socket.heard("error").getFirst());
        socket.emitted.clear();
        checkRemoval();
        assertAllThere("Refusal", (FieldType.Fields) doc.objects().get("Refusal"));
        Map<String, Object> acknowledged = house.ask(socket, "unheard-of");
        assertEquals(Set.of("success", "error", "code"), acknowledged.keySet());
    }

    private void checkRemoval() {
        try {
            FakeSocket.Emitted removal =
                    written(Samples.full(RoomEvent.Removed.class)).getFirst();
            shown.check(removal.event(), new FieldType.Named("Refusal"), removal.payload());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Map<String, FieldType> sent(Spoken dialect) {
        return doc.events(dialect.section, dialect.section.equals("call") ? ASKED : SENT);
    }

    private void assertAllThere(String owner, FieldType.Fields fields) {
        Set<String> missing = new TreeSet<>(fields.fields().keySet());
        missing.removeIf(name -> seen.contains(owner + "." + name));
        assertEquals(Set.of(), missing, () -> owner + " never has all that is documented");
    }

    /** The keys of the dialect's table. */
    private static Set<String> messages(Spoken dialect) throws Exception {
        String[] place = dialect.table.split("#", 2);
        Field table = Class.forName(place[0]).getDeclaredField(place[1]);
        table.setAccessible(true);
        Set<String> messages = new TreeSet<>();
        object(table.get(dialect.protocol)).keySet().forEach(messages::add);
        return messages;
    }

    private static List<Class<? extends Record>> serverMessages(Spoken dialect) throws Exception {
        Class<?> all = Class.forName("dev.foyer.dialect." + dialect.section + ".ServerMessages");
        return Stream.of(all.getDeclaredClasses())
                .filter(type -> type.isAnnotationPresent(Event.class))
                .<Class<? extends Record>>map(type -> type.asSubclass(Record.class))
                .toList();
    }

    private static List<FakeSocket.Emitted> written(RoomEvent event) throws Exception {
        FakeSocket socket = new FakeSocket("a");
        Method send = Class.forName("dev.foyer.dialect.call.CallEvents")
                .getDeclaredMethod("send", Socket.class, RoomEvent.class);
        send.setAccessible(true);
        send.invoke(null, socket, event);
        return socket.emitted;
    }
}
