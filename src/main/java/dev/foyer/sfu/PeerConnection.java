package dev.foyer.sfu;

import dev.foyer.ortc.ConnectionPlan;
import dev.foyer.ortc.MediaKind;
import dev.foyer.ortc.MediaSource;
import dev.foyer.ortc.NegotiatedConnection;
import dev.foyer.ortc.ReceivedTrack;
import dev.foyer.ortc.RtpCapabilities;
import dev.foyer.ortc.RtpParameters;
import dev.foyer.protocol.sdp.Setup;
import dev.foyer.sfu.negotiation.LocalDescription;
import dev.foyer.sfu.negotiation.LocalSection;
import dev.foyer.sfu.negotiation.LocalTrack;
import dev.foyer.sfu.negotiation.NegotiationError;
import dev.foyer.sfu.negotiation.NegotiationException;
import dev.foyer.sfu.negotiation.RemoteDescription;
import dev.foyer.sfu.negotiation.RemoteSection;
import dev.foyer.sfu.negotiation.SectionNumbers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server's end of a plain {@code RTCPeerConnection}: a transport that receives and sends, and the state of its
 * m-sections by offer and answer (JSEP, RFC 9429). Belongs to its worker's thread.
 *
 * <p>What is wanted comes as a plan, never as single steps: each request makes the connection meet it as far as that
 * goes and tells what is missing. A request that is refused with {@link RefusedException} has changed nothing.
 */
public final class PeerConnection {
    /** Sections that media of one client is received on; more of them are answered without. */
    static final int MAX_RECEIVED = 16;

    /** Sections up to which the server adds its own: sources beyond go without. */
    static final int MAX_SECTIONS = 256;

    private final SfuEnvironment environment;
    private final RtpCapabilities router;
    private final RouterContents contents;
    private final WebRtcTransport transport;
    private final AudioLevels audioLevels;
    private final RemotePeer peer;
    private final List<MediaSection> sections = new ArrayList<>();
    private final String streamId;
    private final String cname;
    private final long sessionId;
    private long version;
    private ConnectionPlan plan = new ConnectionPlan(false, List.of());
    private boolean sourcesWait;
    private @Nullable LocalDescription outstanding;

    /**
     * @param transport not connected yet
     * @param streamId msid of all that is sent
     * @throws RefusedException when the stream id cannot stand in SDP
     */
    PeerConnection(
            SfuEnvironment environment,
            RtpCapabilities router,
            RouterContents contents,
            WebRtcTransport transport,
            String streamId,
            AudioLevels audioLevels) {
        this.environment = environment;
        this.router = router;
        this.contents = contents;
        this.transport = transport;
        this.streamId = streamId;
        this.audioLevels = audioLevels;
        peer = new RemotePeer(transport);
        cname = environment.newId();
        sessionId = environment.random.nextLong() >>> 1;
    }

    /**
     * Answers a client's offer. An offer of the server's own that is outstanding is rolled back. An offer without any
     * section, which is what a client makes that has neither tracks nor transceivers yet, is answered with as little;
     * an offer of the server's may follow on the same connection.
     *
     * @throws RefusedException {@code INVALID_PARAMETERS} for an offer that is malformed, contradicts itself or what came
     *     before; {@code NOT_ACCEPTABLE} for one that has nothing in common with the router or asks for what it cannot do
     */
    public NegotiatedConnection answer(String sdp, ConnectionPlan wanted) {
        RemoteDescription offer = read(() -> RemoteDescription.offer(sdp, router));
        if (offer.transport() == null && !offer.sections().isEmpty() && !peer.isKnown()) {
            throw new RefusedException(RefusalReason.NOT_ACCEPTABLE, "The offer has no media that the SFU knows");
        }
        checkFollows(offer);
        peer.check(offer.transport());
        TrackChanges changes = changes(offered(offer, wanted.receive()));

        rollback();
        if (peer.take(offer.transport())) {
            transport.restartIce();
        }
        for (int i = 0; i < offer.sections().size(); i++) {
            continued(i, offer.sections().get(i))
                    .describedByOffer(offer.sections().get(i));
        }
        plan(wanted);
        List<LocalSection> answered = new ArrayList<>();
        int received = 0;
        for (int i = 0; i < sections.size(); i++) {
            MediaSection section = sections.get(i);
            answered.add(section.answer(offer.sections().get(i), plan.receive() && received < MAX_RECEIVED));
            received += section.receiving() ? 1 : 0;
        }
        settle(changes);
        LocalDescription answer = new LocalDescription(
                sessionId,
                ++version,
                transport.parameters(),
                // Once taken a role stays, whatever later offers leave open (RFC 8842 section 5.5).
                transport.opensHandshake() ? Setup.ACTIVE : Setup.PASSIVE,
                offer.bundled(),
                answered);
        return state(answer.toSdp());
    }

    /**
     * Makes an offer that meets the plan. One that is outstanding is rolled back first.
     *
     * @throws RefusedException {@code INVALID_PARAMETERS} when there is nothing to offer
     */
    public NegotiatedConnection offer(ConnectionPlan wanted) {
        if (sections.isEmpty() && !wanted.receive() && wanted.sources().isEmpty()) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, "Nothing to offer");
        }
        TrackChanges changes = changes(current(wanted.receive()));

        rollback();
        for (MediaSource source : plan(wanted)) {
            addFresh(source.kind());
        }
        for (MediaKind kind : MediaKind.values()) {
            if (plan.receive() && sections.stream().noneMatch(section -> mayReceive(section, kind))) {
                addFresh(kind);
            }
        }
        plan(wanted);
        settle(changes);
        List<LocalSection> offered = new ArrayList<>();
        for (MediaSection section : sections) {
            offered.add(section.offer(plan.receive()));
        }
        LocalDescription offer = LocalDescription.offer(sessionId, ++version, transport.parameters(), offered);
        outstanding = offer;
        return state(offer.toSdp());
    }

    /**
     * Takes the client's answer to the outstanding offer.
     *
     * @throws RefusedException as {@link #answer}; {@code INVALID_PARAMETERS} also when no offer is outstanding
     */
    public NegotiatedConnection accept(String sdp) {
        LocalDescription offer = outstanding;
        if (offer == null) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, "No offer is outstanding");
        }
        RemoteDescription answer = read(() -> RemoteDescription.answer(sdp, offer, router));
        if (answer.transport() == null && !peer.isKnown()) {
            throw new RefusedException(RefusalReason.NOT_ACCEPTABLE, "The answer takes nothing of the offer");
        }
        peer.check(answer.transport());
        TrackChanges changes = changes(answered(answer));

        outstanding = null;
        peer.take(answer.transport());
        int received = 0;
        for (int i = 0; i < sections.size(); i++) {
            MediaSection section = sections.get(i);
            section.describedByAnswer(answer.sections().get(i), received < MAX_RECEIVED);
            received += section.receiving() ? 1 : 0;
        }
        plan(plan);
        settle(changes);
        return state(null);
    }

    /** Takes the outstanding offer back, if there is one. */
    public void rollback() {
        if (outstanding == null) {
            return;
        }
        outstanding = null;
        for (MediaSection section : List.copyOf(sections)) {
            if (section.isFresh()) {
                section.close();
                sections.remove(section);
            }
        }
        plan(plan);
    }

    /**
     * Meets a plan without negotiation, as far as that goes.
     *
     * @throws RefusedException when the plan wants more producers than the router may hold
     */
    public NegotiatedConnection apply(ConnectionPlan wanted) {
        TrackChanges changes = changes(current(wanted.receive()));
        plan(wanted);
        settle(changes);
        return state(null);
    }

    /** Ends every stream that is sent. The transport, and what is received, is the router's to close. */
    void close() {
        for (MediaSection section : sections) {
            section.close();
        }
        sections.clear();
        outstanding = null;
    }

    /** Takes a plan; the sources for which there is no section are returned. */
    private List<MediaSource> plan(ConnectionPlan wanted) {
        plan = wanted;
        List<MediaSource> waiting = SourceAssignment.assign(sections, wanted.sources());
        sourcesWait = !waiting.isEmpty() && sections.size() < MAX_SECTIONS;
        return waiting;
    }

    private void settle(TrackChanges changes) {
        changes.apply(sections, plan.receive(), environment, audioLevels);
        for (MediaSection section : sections) {
            section.send(contents);
        }
    }

    private NegotiatedConnection state(@Nullable String sdp) {
        List<ReceivedTrack> received = new ArrayList<>();
        boolean clientSends = false;
        boolean needsOffer = sourcesWait;
        long receiving = sections.stream().filter(MediaSection::receiving).count();
        for (MediaSection section : sections) {
            Producer producer = section.producer();
            if (producer != null && contents.producer(producer.id()) == producer) {
                received.add(new ReceivedTrack(producer.id(), producer.kind(), section.mid()));
            }
            clientSends |= section.clientSends();
            boolean receive = plan.receive() && (section.receiving() || receiving < MAX_RECEIVED);
            needsOffer |= section.needsOffer(outstanding != null, receive);
        }
        return new NegotiatedConnection(sdp, received, clientSends, needsOffer);
    }

    private TrackChanges changes(List<TrackChanges.Track> tracks) {
        return TrackChanges.to(tracks, contents, transport.rtp(), router, cname, environment.random);
    }

    /** What is received after an offer of the client's. */
    private List<TrackChanges.Track> offered(RemoteDescription offer, boolean receive) {
        List<TrackChanges.Track> tracks = new ArrayList<>();
        for (int i = 0; i < offer.sections().size() && receive; i++) {
            RemoteSection next = offer.sections().get(i);
            if (next.acceptable() && tracks.size() < MAX_RECEIVED) {
                add(tracks, before(i, next), next);
            }
        }
        return tracks;
    }

    /** What is received after an answer of the client's. */
    private List<TrackChanges.Track> answered(RemoteDescription answer) {
        List<TrackChanges.Track> tracks = new ArrayList<>();
        for (int i = 0; i < sections.size() && plan.receive(); i++) {
            RemoteSection next = answer.sections().get(i);
            if (next.acceptable() && sections.get(i).offersToReceive() && tracks.size() < MAX_RECEIVED) {
                add(tracks, sections.get(i), next);
            }
        }
        return tracks;
    }

    private static void add(List<TrackChanges.Track> tracks, @Nullable MediaSection section, RemoteSection next) {
        RtpParameters sent = next.sent();
        MediaKind kind = next.kind();
        if (sent != null && kind != null) {
            tracks.add(new TrackChanges.Track(section, kind, sent));
        }
    }

    /** What is received by what was agreed already. */
    private List<TrackChanges.Track> current(boolean receive) {
        List<TrackChanges.Track> tracks = new ArrayList<>();
        for (MediaSection section : sections) {
            RtpParameters sent = receive ? section.received() : null;
            MediaKind kind = section.kind();
            if (sent != null && kind != null) {
                tracks.add(new TrackChanges.Track(section, kind, sent));
            }
        }
        return tracks;
    }

    /** Sections stay in their order; one that no media can flow on may become another (RFC 9429 section 5.2.2). */
    private void checkFollows(RemoteDescription offer) {
        Set<String> mids = new HashSet<>();
        for (RemoteSection section : offer.sections()) {
            check(section.rejected() || mids.add(section.mid()), "A mid appears twice");
        }
        for (int i = 0; i < sections.size(); i++) {
            MediaSection before = sections.get(i);
            // Those of an offer that will be rolled back are nobody's yet.
            if (!before.isFresh()) {
                check(i < offer.sections().size(), "Sections are missing that were there before");
                check(
                        !before.isOpen()
                                || before.isContinuedBy(offer.sections().get(i)),
                        "Section " + i + " is another one than before");
            }
        }
    }

    private static void check(boolean fits, String otherwise) {
        if (!fits) {
            throw new RefusedException(RefusalReason.INVALID_PARAMETERS, otherwise);
        }
    }

    private @Nullable MediaSection before(int index, RemoteSection next) {
        MediaSection before = index < sections.size() ? sections.get(index) : null;
        return before != null && !before.isFresh() && before.isContinuedBy(next) ? before : null;
    }

    /** The section at an index, begun anew where the client's is a new one. */
    private MediaSection continued(int index, RemoteSection next) {
        MediaSection before = before(index, next);
        if (before != null) {
            return before;
        }
        MediaSection begun =
                MediaSection.of(next, next.acceptable() ? slot(next.line().media()) : null);
        if (index < sections.size()) {
            sections.set(index, begun).close();
        } else {
            sections.add(begun);
        }
        return begun;
    }

    private static boolean mayReceive(MediaSection section, MediaKind kind) {
        return section.isOpen() && section.kind() == kind && (section.isFresh() || section.takesTracks());
    }

    private void addFresh(MediaKind kind) {
        if (sections.size() >= MAX_SECTIONS) {
            return;
        }
        List<RtpCapabilities> inUse = sections.stream()
                .filter(MediaSection::isOpen)
                .map(MediaSection::capabilities)
                .toList();
        sections.add(
                MediaSection.fresh(freeMid(), kind, slot(kind.toString()), SectionNumbers.fresh(kind, router, inUse)));
    }

    private String freeMid() {
        for (int number = sections.size(); ; number++) {
            String mid = Integer.toString(number);
            if (sections.stream().noneMatch(section -> section.mid().equals(mid))) {
                return mid;
            }
        }
    }

    private SendSlot slot(String media) {
        LocalTrack track = new LocalTrack(
                streamId, media + "-" + environment.newId(), cname, environment.newSsrc(), environment.newSsrc());
        return new SendSlot(environment, transport.rtp(), contents, track);
    }

    private interface Reading {
        RemoteDescription read() throws NegotiationException;
    }

    private static RemoteDescription read(Reading reading) {
        try {
            return reading.read();
        } catch (NegotiationException e) {
            throw new RefusedException(
                    e.error() == NegotiationError.UNSUPPORTED
                            ? RefusalReason.NOT_ACCEPTABLE
                            : RefusalReason.INVALID_PARAMETERS,
                    String.valueOf(e.getMessage()));
        }
    }
}
