package dev.foyer.protocol.ice;

import dev.foyer.protocol.stun.StunReader;
import dev.foyer.protocol.stun.StunWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A lite ICE agent (RFC 8445 section 2.5): it sends no checks, is always controlled, answers the checks of one peer and
 * follows its nominations. Used on one thread; time comes as an argument.
 *
 * <p>Nothing that is not authentic has any effect or answer: no state, no reply, so that nobody can use the port to
 * send packets to third parties. RFC 8489 section 9.1.3 would answer with 400 and 401, which a peer that shares our
 * credentials never needs.
 *
 * <p>Nomination may be regular (one check with USE-CANDIDATE) or aggressive (every check has it). A nominated check
 * selects its path. Only while the peer keeps nominating both that and the selected path, as an aggressive one does
 * with every pair, the one with the higher PRIORITY stays, so that the selection does not flap (RFC 8445 section 8.1.1).
 *
 * <p>Checks double as consent (RFC 7675): the peer renews its own with our answers; a path from which no check came for
 * 30 seconds is dropped, and without any path the agent is disconnected. A check from a new address is a new path,
 * which is how a call survives a change of network.
 */
public final class IceLiteAgent {
    /** Time without a check after which a path is dropped (RFC 7675 section 5.1). */
    public static final long CONSENT_NANOS = 30_000_000_000L;

    /** Paths remembered at a time; the one heard of longest ago makes room. */
    public static final int MAX_TUPLES = 8;

    /** A path nominated no longer ago than this is taken as still being nominated. */
    private static final long NOMINATION_NANOS = 5_000_000_000L;

    /** Replies, reasons included, are no longer than the shortest request that they may answer. */
    private static final int ERROR_UNKNOWN_ATTRIBUTE = 420;

    private static final int ERROR_ROLE_CONFLICT = 487;

    private final StunReader reader = new StunReader();
    private final StunWriter writer = new StunWriter();
    private final List<Path> paths = new ArrayList<>(MAX_TUPLES);
    private Login login;
    private @Nullable Login previousLogin;
    private @Nullable Path selected;
    private IceState state = IceState.NEW;

    public IceLiteAgent(IceCredentials credentials) {
        login = new Login(credentials);
    }

    /** The credentials to tell the peer. */
    public IceCredentials credentials() {
        return login.credentials;
    }

    public IceState state() {
        return state;
    }

    /** Where packets to the peer go; null while new or disconnected. */
    public @Nullable Tuple selectedTuple() {
        return selected == null ? null : selected.tuple;
    }

    /** The paths from which authentic checks come, a copy. */
    public List<Tuple> tuples() {
        return paths.stream().map(path -> path.tuple).toList();
    }

    /**
     * Takes new credentials. The old ones stay valid until the first check with the new ones, and media keeps flowing on
     * the selected path until the peer nominates another (RFC 8445 section 9). The user name fragment must be
     * demultiplexed to this agent besides the old one.
     */
    public void restart(IceCredentials credentials) {
        previousLogin = login;
        login = new Login(credentials);
    }

    /**
     * Takes a STUN packet that arrived on a path.
     *
     * @param buffer borrowed until return
     * @param out receives the reply, if there is one, and learns what changed
     */
    public IceOutcome handle(byte[] buffer, int offset, int length, Tuple from, long nowNanos, IceOutput out) {
        if (!reader.wrap(buffer, offset, length)) {
            return IceOutcome.MALFORMED;
        }
        if (reader.type() != StunReader.BINDING_REQUEST) {
            return IceOutcome.IGNORED;
        }
        if (!reader.fingerprintFits()) {
            return IceOutcome.BAD_FINGERPRINT;
        }
        Login used = login();
        if (used == null) {
            return IceOutcome.UNKNOWN_USERNAME;
        }
        if (!reader.integrityFits(used.key)) {
            return IceOutcome.UNAUTHENTICATED;
        }
        if (reader.unknownCount() > 0) {
            int size = writer.error(reader, ERROR_UNKNOWN_ATTRIBUTE, "Unknown", used.key);
            out.send(from, writer.buffer(), 0, size);
            return IceOutcome.UNKNOWN_ATTRIBUTE;
        }
        if (reader.controlled()) {
            int size = writer.error(reader, ERROR_ROLE_CONFLICT, "Role Conflict", used.key);
            out.send(from, writer.buffer(), 0, size);
            return IceOutcome.ROLE_CONFLICT;
        }
        if (used == login) {
            previousLogin = null;
        }
        out.send(from, writer.buffer(), 0, writer.success(reader, from.remote(), used.key));
        checked(from, nowNanos, out);
        return IceOutcome.ANSWERED;
    }

    /**
     * Drops paths that fell silent. Call about once a second.
     */
    public void onTimer(long nowNanos, IceOutput out) {
        for (int i = paths.size() - 1; i >= 0; i--) {
            if (nowNanos - paths.get(i).checkedNanos >= CONSENT_NANOS) {
                remove(i, out);
            }
        }
        reselect(out);
    }

    /** Forgets a path that cannot carry packets any more: its connection was lost. The best of the others takes over. */
    public void drop(Tuple tuple, IceOutput out) {
        Path path = find(tuple);
        if (path != null) {
            remove(paths.indexOf(path), out);
            reselect(out);
        }
    }

    private void reselect(IceOutput out) {
        if (selected != null || state == IceState.NEW) {
            return;
        }
        Path next = null;
        for (Path path : paths) {
            if (next == null || path.priority > next.priority) {
                next = path;
            }
        }
        if (next == null) {
            become(IceState.DISCONNECTED, out);
        } else {
            select(next, out);
            become(IceState.CONNECTED, out);
        }
    }

    private @Nullable Login login() {
        if (reader.usernameStartsWith(login.usernameFragment)) {
            return login;
        }
        Login previous = previousLogin;
        return previous != null && reader.usernameStartsWith(previous.usernameFragment) ? previous : null;
    }

    private void checked(Tuple from, long nowNanos, IceOutput out) {
        Path path = find(from);
        if (path == null) {
            if (paths.size() == MAX_TUPLES) {
                remove(longestSilent(), out);
            }
            path = new Path(from);
            paths.add(path);
            out.tupleAdded(from);
        }
        path.checkedNanos = nowNanos;
        path.priority = Math.max(0, reader.priority());
        if (!reader.useCandidate()) {
            path.nominated = false;
            if (selected == null) {
                select(path, out);
                become(IceState.CONNECTED, out);
            }
            return;
        }
        if (path != selected && (state != IceState.COMPLETED || !staysBehindSelected(path, nowNanos))) {
            select(path, out);
        }
        path.nominated = true;
        path.nominatedNanos = nowNanos;
        become(IceState.COMPLETED, out);
    }

    /** Whether the peer nominates several paths at once and this is not the best of them. */
    private boolean staysBehindSelected(Path path, long nowNanos) {
        Path best = selected;
        return best != null
                && best.nominatedWithin(NOMINATION_NANOS, nowNanos)
                && path.nominatedWithin(NOMINATION_NANOS, nowNanos)
                && path.priority <= best.priority;
    }

    private @Nullable Path find(Tuple tuple) {
        for (Path path : paths) {
            if (path.tuple.equals(tuple)) {
                return path;
            }
        }
        return null;
    }

    private int longestSilent() {
        int found = -1;
        for (int i = 0; i < paths.size(); i++) {
            Path path = paths.get(i);
            if (path != selected && (found < 0 || path.checkedNanos - paths.get(found).checkedNanos < 0)) {
                found = i;
            }
        }
        return found;
    }

    private void remove(int index, IceOutput out) {
        Path path = paths.remove(index);
        if (path == selected) {
            selected = null;
        }
        out.tupleRemoved(path.tuple);
    }

    private void select(Path path, IceOutput out) {
        selected = path;
        out.tupleSelected(path.tuple);
    }

    private void become(IceState next, IceOutput out) {
        if (state != next) {
            state = next;
            out.stateChanged(next);
        }
    }

    private static final class Login {
        final IceCredentials credentials;
        final byte[] usernameFragment;
        final byte[] key;

        Login(IceCredentials credentials) {
            this.credentials = credentials;
            usernameFragment = credentials.usernameFragment().getBytes(StandardCharsets.US_ASCII);
            key = credentials.integrityKey();
        }
    }

    private static final class Path {
        final Tuple tuple;
        long priority;
        long checkedNanos;
        long nominatedNanos;
        boolean nominated;

        Path(Tuple tuple) {
            this.tuple = tuple;
        }

        boolean nominatedWithin(long nanos, long nowNanos) {
            return nominated && nowNanos - nominatedNanos < nanos;
        }
    }
}
