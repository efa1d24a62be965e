package dev.foyer.app.doctor;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.PortUnreachableException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The machine that this process runs on, and the network around it. */
public final class Machine implements Facts {
    private static final long PROGRAM_SECONDS = 5;
    private static final long CLOCK_MILLIS = 200;
    private static final int MOST_OUTPUT = 64 * 1024;

    @Override
    public @Nullable String file(String path) {
        // Not by its size, which is 0 for what the kernel makes up as it is read.
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            return new String(in.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
        } catch (IOException _) {
            return null;
        }
    }

    @Override
    public @Nullable String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            byte[] output = process.getInputStream().readNBytes(MOST_OUTPUT);
            if (!process.waitFor(PROGRAM_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return null;
            }
            return process.exitValue() == 0 ? new String(output, StandardCharsets.UTF_8) : null;
        } catch (IOException _) {
            return null;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public Bind tcp(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
            return Bind.FREE;
        } catch (IOException e) {
            return refusal(e);
        }
    }

    @Override
    public Bind udp(String host, int port) {
        try (DatagramSocket _ = new DatagramSocket(new InetSocketAddress(host, port))) {
            return Bind.FREE;
        } catch (SocketException e) {
            return refusal(e);
        }
    }

    private static Bind refusal(IOException e) {
        String text = String.valueOf(e.getMessage());
        if (text.contains("Permission denied")) {
            return Bind.FORBIDDEN;
        }
        return e instanceof BindException && text.contains("in use") ? Bind.TAKEN : Bind.NO_ADDRESS;
    }

    @Override
    public boolean foyerAnswers(String host, int port) {
        return HealthQuestion.ask(host, port);
    }

    @Override
    public List<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(Machine::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException _) {
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException _) {
            return false;
        }
    }

    @Override
    public @Nullable InetAddress resolve(String host) {
        try {
            return InetAddress.getByName(host);
        } catch (UnknownHostException _) {
            return null;
        }
    }

    @Override
    public TurnOutcome turn(TurnUrl url, @Nullable String username, @Nullable String password) {
        try (SocketExchange exchange = SocketExchange.open(url)) {
            TurnClient client = new TurnClient(exchange, new SecureRandom());
            return username == null || password == null ? client.bind() : client.allocate(username, password);
        } catch (IOException e) {
            return new TurnOutcome.Silent(why(e));
        }
    }

    private static String why(IOException e) {
        String text = e.getMessage();
        return e instanceof PortUnreachableException ? "nobody listens there" : text == null ? e.toString() : text;
    }

    @Override
    public int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }

    @Override
    public long clockStrayMillis() {
        long wall = System.currentTimeMillis();
        long monotonic = System.nanoTime();
        try {
            Thread.sleep(CLOCK_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        long passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - monotonic);
        return Math.abs(System.currentTimeMillis() - wall - passed);
    }

    @Override
    public @Nullable Boolean segmentedSends() {
        return Epoll.isAvailable() ? EpollDatagramChannel.isSegmentedDatagramPacketSupported() : null;
    }
}
