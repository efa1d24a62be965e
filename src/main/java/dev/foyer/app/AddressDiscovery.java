package dev.foyer.app;

import dev.foyer.media.Announcement;
import dev.foyer.media.MediaSettings;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.harvest.AwsCandidateHarvester;
import org.ice4j.socket.IceUdpSocketWrapper;
import org.ice4j.stunclient.SimpleAddressDetector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out under which address others reach this machine, where it does not know itself: by asking the metadata service
 * of AWS and STUN servers, all at once. Blocks, for a limited time; the first answer for an address counts.
 *
 * <p>A start does not fail for it: without an answer clients are told this machine's own addresses, and the log says so.
 */
final class AddressDiscovery {
    /** Longest time that a start waits for answers. */
    static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AddressDiscovery.class);

    private AddressDiscovery() {}

    /** One answer: an address of this machine, and the one that others see in its place. */
    private record Found(String source, String local, String outside) {}

    /** The settings with a discovered announcement replaced by what was found, others as they are. */
    static MediaSettings settle(MediaSettings settings, Duration limit) throws InterruptedException {
        if (!(settings.announcement() instanceof Announcement.Discovered asked)) {
            return settings;
        }
        List<Callable<@Nullable Found>> questions = new ArrayList<>();
        questions.add(AddressDiscovery::askAws);
        for (String server : asked.stunServers()) {
            for (String listenIp : settings.listenIps()) {
                questions.add(() -> askStun(server, listenIp));
            }
        }
        Map<String, String> publicByLocal = ask(questions, settings.listenIps().size(), limit);
        if (publicByLocal.isEmpty()) {
            LOG.warn(
                    "ANNOUNCED_IP=auto: no public address found (asked AWS and {} STUN servers, {} s at most); clients"
                            + " are told this machine's own addresses",
                    asked.stunServers().size(),
                    limit.toSeconds());
            return settings.announcing(new Announcement.Own());
        }
        return settings.announcing(new Announcement.Mapped(publicByLocal));
    }

    private static Map<String, String> ask(List<Callable<@Nullable Found>> questions, int wanted, Duration limit)
            throws InterruptedException {
        Map<String, String> publicByLocal = new LinkedHashMap<>();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            ExecutorCompletionService<@Nullable Found> answers = new ExecutorCompletionService<>(threads);
            questions.forEach(answers::submit);
            long deadline = System.nanoTime() + limit.toNanos();
            for (int open = questions.size(); open > 0 && publicByLocal.size() < wanted; open--) {
                Future<@Nullable Found> answer = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    break;
                }
                Found found = result(answer);
                if (found != null && publicByLocal.putIfAbsent(found.local, found.outside) == null) {
                    LOG.info("Public address found by {}: {} is {}", found.source, found.local, found.outside);
                }
            }
        } finally {
            // Whoever has not answered by now is not waited for.
            threads.shutdownNow();
        }
        return publicByLocal;
    }

    private static @Nullable Found result(Future<@Nullable Found> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            LOG.debug("A question for the public address failed", e.getCause());
            return null;
        }
    }

    private static @Nullable Found askAws() {
        if (!AwsCandidateHarvester.smellsLikeAnEC2()) {
            return null;
        }
        AwsCandidateHarvester harvester = new AwsCandidateHarvester();
        return found("AWS", harvester.getFace(), harvester.getMask());
    }

    /** What ice4j's mapping harvester does, but for letting go of its threads afterwards. */
    private static @Nullable Found askStun(String server, String listenIp) throws Exception {
        int colon = server.lastIndexOf(':');
        String host = server.substring(0, colon);
        InetSocketAddress target =
                new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(server.substring(colon + 1)));
        SimpleAddressDetector detector = new SimpleAddressDetector(new TransportAddress(target, Transport.UDP));
        detector.start();
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(source(target, listenIp), 0))) {
            // Before the question: afterwards the detector has closed the socket.
            TransportAddress local = new TransportAddress(socket.getLocalAddress(), 0, Transport.UDP);
            return found("STUN", local, detector.getMappingFor(new IceUdpSocketWrapper(socket)));
        } finally {
            detector.shutDown();
        }
    }

    /** The address that is listened on, or that packets to the server leave from. */
    private static InetAddress source(InetSocketAddress target, String listenIp) throws IOException {
        InetAddress listened = InetAddress.ofLiteral(listenIp);
        if (!listened.isAnyLocalAddress()) {
            return listened;
        }
        try (DatagramSocket probe = new DatagramSocket()) {
            probe.connect(target);
            return probe.getLocalAddress();
        }
    }

    private static @Nullable Found found(
            String source, @Nullable TransportAddress local, @Nullable TransportAddress outside) {
        return local == null || outside == null
                ? null
                : new Found(source, local.getHostAddress(), outside.getHostAddress());
    }
}
