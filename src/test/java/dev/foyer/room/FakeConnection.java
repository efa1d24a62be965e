package dev.foyer.room;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.ReceivedTrack;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The {@link FakeMediaPlane}'s end of a connection negotiated by SDP: its m-sections, and no media. */
public final class FakeConnection {
    public final String id;
    public final String streamId;
    /** The session id of the client's descriptions, null before the first. */
    public @Nullable String clientSession;

    public ConnectionPlan plan = new ConnectionPlan(false, List.of());
    private final FakeMediaPlane.Session session;
    private List<Section> current = new ArrayList<>();
    private @Nullable List<Section> proposed;
    private long version;

    FakeConnection(String id, String streamId, FakeMediaPlane.Session session) {
        this.id = id;
        this.streamId = streamId;
        this.session = session;
    }

    /** What the client gets now: source key to producer id. */
    public Map<String, String> sending() {
        Map<String, String> sending = new LinkedHashMap<>();
        for (Section section : current) {
            String producerId = section.localSend && section.clientReceives ? producerOf(section.key) : null;
            if (producerId != null) {
                sending.put(Objects.requireNonNull(section.key), producerId);
            }
        }
        return sending;
    }

    /** What the client sends now: producer ids. */
    public List<String> receiving() {
        return current.stream()
                .map(section -> section.producerId)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The session id of its descriptions. */
    public String descriptionSession() {
        return Long.toString(id.hashCode() & 0xffff_ffffL);
    }

    /** Whether an offer of the server's is outstanding. */
    public boolean hasOffered() {
        return proposed != null;
    }

    NegotiatedConnection answer(String offer, ConnectionPlan next) {
        FakeSdp sdp = read(offer);
        List<Section> answered = copy(current);
        for (int i = 0; i < sdp.sections().size(); i++) {
            FakeSdp.Section offered = sdp.sections().get(i);
            if (i == answered.size()) {
                answered.add(new Section(offered.kind(), offered.mid()));
            }
            Section section = answered.get(i);
            if (section.kind != offered.kind()) {
                throw new MediaException(MediaError.INVALID_PARAMETERS, "m-sections changed their kind");
            }
            section.clientSends = offered.sends();
            section.clientReceives = offered.receives();
            section.localRecv = next.receive();
            section.localSend = offered.receives();
        }
        if (sdp.sections().size() < answered.size()) {
            throw new MediaException(MediaError.INVALID_PARAMETERS, "m-sections are missing");
        }
        boolean missing = assign(answered, next);
        answered.forEach(section -> section.localSend = section.key != null && section.clientReceives);
        clientSession = sdp.session();
        take(answered, next);
        boolean sends = sdp.sections().stream().anyMatch(FakeSdp.Section::sends);
        return new NegotiatedConnection(describe(answered, false), received(), sends, missing);
    }

    NegotiatedConnection offer(ConnectionPlan next) {
        List<Section> offered = copy(current);
        assignAnywhere(offered, next);
        for (Section section : offered) {
            section.localSend = section.key != null;
            section.localRecv = next.receive();
        }
        proposed = offered;
        plan = next;
        return new NegotiatedConnection(describe(offered, true), received(), false, false);
    }

    NegotiatedConnection accept(String answer) {
        FakeSdp sdp = read(answer);
        List<Section> offered = proposed;
        if (offered == null || offered.size() != sdp.sections().size()) {
            throw new MediaException(MediaError.INVALID_PARAMETERS, "The answer fits no offer");
        }
        for (int i = 0; i < offered.size(); i++) {
            FakeSdp.Section answered = sdp.sections().get(i);
            Section section = offered.get(i);
            section.clientSends = answered.sends() && section.localRecv;
            section.clientReceives = answered.receives() && section.localSend;
        }
        clientSession = sdp.session();
        take(offered, plan);
        return new NegotiatedConnection(
                null, received(), offered.stream().anyMatch(section -> section.clientSends), unmet());
    }

    void rollback() {
        proposed = null;
    }

    NegotiatedConnection apply(ConnectionPlan next) {
        List<Section> applied = copy(current);
        boolean missing = assign(applied, next);
        applied.forEach(section -> section.localRecv &= next.receive());
        boolean deaf = next.receive() && applied.stream().noneMatch(section -> section.localRecv);
        List<Section> outstanding = proposed;
        take(applied, next);
        proposed = outstanding;
        return new NegotiatedConnection(null, received(), clientSends(), missing || deaf);
    }

    void close() {
        current.forEach(section -> session.producers.remove(section.producerId));
    }

    private boolean clientSends() {
        return current.stream().anyMatch(section -> section.clientSends);
    }

    private boolean unmet() {
        return assign(copy(current), plan);
    }

    private static FakeSdp read(String text) {
        FakeSdp sdp = FakeSdp.parse(text);
        if (sdp == null) {
            throw new MediaException(MediaError.INVALID_PARAMETERS, "This is not SDP");
        }
        return sdp;
    }

    private void take(List<Section> next, ConnectionPlan nextPlan) {
        plan = nextPlan;
        proposed = null;
        for (Section section : next) {
            boolean receives = section.clientSends && section.localRecv;
            if (receives && section.producerId == null) {
                section.producerId = session.addProducer(id);
            } else if (!receives && section.producerId != null) {
                session.producers.remove(section.producerId);
                section.producerId = null;
            }
        }
        current = next;
    }

    /** Gives sources the m-sections that the client can receive on; returns whether some are left without. */
    private static boolean assign(List<Section> sections, ConnectionPlan next) {
        forgetOld(sections, next);
        boolean missing = false;
        for (MediaSource source : next.sources()) {
            if (sections.stream().anyMatch(section -> source.key().equals(section.key))) {
                continue;
            }
            Section free = sections.stream()
                    .filter(section -> section.key == null && section.kind == source.kind())
                    .filter(section -> section.localSend && section.clientReceives)
                    .findFirst()
                    .orElse(null);
            if (free == null) {
                missing = true;
            } else {
                free.key = source.key();
            }
        }
        return missing;
    }

    private static void assignAnywhere(List<Section> sections, ConnectionPlan next) {
        forgetOld(sections, next);
        for (MediaSource source : next.sources()) {
            if (sections.stream().anyMatch(section -> source.key().equals(section.key))) {
                continue;
            }
            sections.stream()
                            .filter(section -> section.key == null && section.kind == source.kind())
                            .findFirst()
                            .orElseGet(() -> add(sections, source.kind()))
                            .key =
                    source.key();
        }
        for (MediaKind kind : MediaKind.values()) {
            if (next.receive() && sections.stream().noneMatch(section -> section.kind == kind)) {
                add(sections, kind);
            }
        }
    }

    private static Section add(List<Section> sections, MediaKind kind) {
        Section section = new Section(kind, Integer.toString(sections.size()));
        sections.add(section);
        return section;
    }

    private static void forgetOld(List<Section> sections, ConnectionPlan next) {
        Set<String> keys = next.sources().stream().map(MediaSource::key).collect(Collectors.toSet());
        for (Section section : sections) {
            if (section.key != null && !keys.contains(section.key)) {
                section.key = null;
            }
        }
    }

    private List<ReceivedTrack> received() {
        return current.stream()
                .filter(section -> section.producerId != null)
                .map(section -> new ReceivedTrack(section.producerId, section.kind, section.mid))
                .toList();
    }

    private @Nullable String producerOf(@Nullable String key) {
        return plan.sources().stream()
                .filter(source -> source.key().equals(key))
                .map(MediaSource::producerId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private String describe(List<Section> sections, boolean offering) {
        return new FakeSdp(
                        descriptionSession(),
                        ++version,
                        "s" + id,
                        sections.stream()
                                .map(section -> new FakeSdp.Section(
                                        section.kind,
                                        section.mid,
                                        section.localSend,
                                        section.localRecv && (offering || section.clientSends),
                                        section.key == null ? null : streamId + " " + section.key))
                                .toList())
                .text();
    }

    private static List<Section> copy(List<Section> sections) {
        return sections.stream().map(Section::copy).collect(Collectors.toCollection(ArrayList::new));
    }

    private static final class Section {
        private final MediaKind kind;
        private final String mid;
        private @Nullable String key;
        private @Nullable String producerId;
        private boolean clientSends;
        private boolean clientReceives;
        private boolean localSend;
        private boolean localRecv;

        private Section(MediaKind kind, String mid) {
            this.kind = kind;
            this.mid = mid;
        }

        private Section copy() {
            Section copy = new Section(kind, mid);
            copy.key = key;
            copy.producerId = producerId;
            copy.clientSends = clientSends;
            copy.clientReceives = clientReceives;
            copy.localSend = localSend;
            copy.localRecv = localRecv;
            return copy;
        }
    }
}
