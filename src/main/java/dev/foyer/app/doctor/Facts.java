package dev.foyer.app.doctor;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the doctor can find out about the machine and the network. Every method may block. */
public interface Facts {
    /** Whether a port can be listened on. */
    enum Bind {
        FREE,
        TAKEN,
        /** The address is none of this machine. */
        NO_ADDRESS,
        /** This user may not. */
        FORBIDDEN
    }

    /** The text of a file, of {@code /proc} say; null when there is none to read. */
    @Nullable
    String file(String path);

    /** What a program prints; null when there is no such program, or it fails. */
    @Nullable
    String output(String... command);

    /** Tries to listen, and lets go again. */
    Bind tcp(String host, int port);

    /** Tries to bind a datagram socket, and lets go again. */
    Bind udp(String host, int port);

    /** Whether a Foyer answers on a port of this machine. */
    boolean foyerAnswers(String host, int port);

    /** Addresses of the interfaces that are up. */
    List<InetAddress> addresses();

    /** Looks a name up; null when it is unknown. */
    @Nullable
    InetAddress resolve(String host);

    /**
     * Asks a STUN server for the address that it sees, or a TURN server for an allocation, which is given back.
     *
     * @param username null for STUN
     * @param password null for STUN
     */
    TurnOutcome turn(TurnUrl url, @Nullable String username, @Nullable String password);

    /** Processors that this process may use. */
    int processors();

    /** The wall clock, milliseconds since 1970. */
    long wallMillis();

    /** By how many milliseconds the wall clock strayed from the monotonic one while both were watched for a moment. */
    long clockStrayMillis();

    /** Whether datagrams of one destination can leave in one system call; null when unknown, as on other systems. */
    @Nullable
    Boolean segmentedSends();
}
