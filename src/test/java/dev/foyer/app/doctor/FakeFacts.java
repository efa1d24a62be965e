package dev.foyer.app.doctor;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** A healthy Linux machine with a public address, until a test makes it ill. */
final class FakeFacts implements Facts {
    final Map<String, String> files = new HashMap<>(Map.of(
            "/proc/self/limits",
                    "Limit  Soft Limit  Hard Limit  Units\nMax open files            65536    65536   files\n",
            "/proc/sys/net/core/rmem_max", "4194304\n",
            "/proc/sys/net/core/wmem_max", "4194304\n",
            "/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu aes pclmulqdq sse fpu\n"));
    final Map<String, String> programs =
            new HashMap<>(Map.of("ffmpeg", "ffmpeg version 7.1 Copyright (c) somebody\nmore", "timedatectl", "yes\n"));
    final Map<Integer, Bind> tcp = new HashMap<>();
    final Set<Integer> takenUdp = new HashSet<>();
    final Set<Integer> foyers = new HashSet<>();
    final List<String> asked = new ArrayList<>();
    List<InetAddress> addresses = List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("198.51.100.7"));
    TurnOutcome turn = new TurnOutcome.Works(InetAddress.ofLiteral("198.51.100.7"));
    Bind udp = Bind.FREE;
    long wallMillis = 1_900_000_000_000L;
    long stray;
    Boolean segments = true;

    void takeUdp(int from, int to) {
        IntStream.rangeClosed(from, to).forEach(takenUdp::add);
    }

    @Override
    public String file(String path) {
        return files.get(path);
    }

    @Override
    public String output(String... command) {
        return programs.get(command[0]);
    }

    @Override
    public Bind tcp(String host, int port) {
        return tcp.getOrDefault(port, Bind.FREE);
    }

    @Override
    public Bind udp(String host, int port) {
        return takenUdp.contains(port) ? Bind.TAKEN : udp;
    }

    @Override
    public boolean foyerAnswers(String host, int port) {
        return foyers.contains(port);
    }

    @Override
    public List<InetAddress> addresses() {
        return addresses;
    }

    @Override
    public InetAddress resolve(String host) {
        return host.equals("nowhere.example.org") ? null : InetAddress.ofLiteral(host);
    }

    @Override
    public TurnOutcome turn(TurnUrl url, String username, String password) {
        asked.add(url + " " + username + " " + password);
        return turn;
    }

    @Override
    public int processors() {
        return 4;
    }

    @Override
    public long wallMillis() {
        return wallMillis;
    }

    @Override
    public long clockStrayMillis() {
        return stray;
    }

    @Override
    public Boolean segmentedSends() {
        return segments;
    }
}
