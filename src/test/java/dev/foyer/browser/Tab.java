package dev.foyer.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One user's tab, told what to do by the handles that a person would use. */
final class Tab implements AutoCloseable {
    private static final double JOIN_TIMEOUT_MS = 20_000;
    private static final int SIGNALING_KEPT = 60;

    private final BrowserContext context;
    private final Page page;
    private final String user;
    private final String url;
    private final List<String> console = new ArrayList<>();
    private final Deque<String> signaling = new ArrayDeque<>();

    Tab(BrowserContext context, String user, String url, String initScript) {
        this.context = context;
        this.user = user;
        this.url = url;
        context.addInitScript(initScript);
        page = context.newPage();
        page.setDefaultTimeout(JOIN_TIMEOUT_MS);
        page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
        page.onWebSocket(socket -> {
            socket.onFrameSent(frame -> said("> ", frame.text()));
            socket.onFrameReceived(frame -> said("< ", frame.text()));
        });
        page.onPageError(error -> console.add("error: " + error));
    }

    private void said(String direction, @Nullable String text) {
        if (text != null && !text.contains("audioLevels")) {
            signaling.addLast(direction + text.substring(0, Math.min(text.length(), 220)));
            if (signaling.size() > SIGNALING_KEPT) {
                signaling.removeFirst();
            }
        }
    }

    String user() {
        return user;
    }

    Page page() {
        return page;
    }

    /** Opens the join page of a room and waits until the camera's preview runs. */
    void open(String room) {
        page.navigate(url + "/r/" + room);
        page.getByTestId("join-name").fill(user);
        await("() => document.querySelector('video')?.readyState >= 2", null);
    }

    /** Joins the room whose join page is open. */
    void enter() {
        page.getByTestId("join").click();
        page.getByTestId("room").waitFor();
    }

    void leave() {
        page.getByTestId("leave").click();
        page.getByTestId("join").waitFor();
    }

    String mode() {
        return page.getByTestId("room").getAttribute("data-mode");
    }

    int epoch() {
        return Integer.parseInt(page.getByTestId("room").getAttribute("data-epoch"));
    }

    /** Waits until the room is committed to a mode. */
    void awaitMode(String mode) {
        await("""
                mode => {
                  const room = document.querySelector('[data-testid=room]');
                  return room && room.dataset.mode === mode && room.dataset.committed === 'true';
                }
                """, mode);
    }

    /** Waits until the page says that it looks for the server. */
    void awaitDisconnected() {
        await("() => document.querySelector('[data-testid=room]').dataset.status === 'reconnecting'", null);
    }

    /** Waits until the room is committed to a later epoch. */
    void awaitEpochAfter(int epoch) {
        await("epoch => Number(document.querySelector('[data-testid=room]').dataset.epoch) > epoch", epoch);
    }

    /** Waits until a new frame of every named user was shown, and of nobody else there is a tile. */
    void awaitFramesOf(Collection<Tab> others) {
        awaitFramesOfUsers(
                others.stream().filter(tab -> tab != this).map(Tab::user).toList());
    }

    /** As {@link #awaitFramesOf}, by name. */
    void awaitFramesOfUsers(List<String> names) {
        await("""
                names => {
                  const tiles = [...document.querySelectorAll('[data-testid=tile]')].map(t => t.dataset.user);
                  return tiles.length === names.length + 1 && names.every(n => tiles.includes(n));
                }
                """, names);
        Object before = page.evaluate("names => foyerMeter.counts(names)", names);
        await(
                "({names, before}) => foyerMeter.counts(names).every((n, i) => n >= before[i] + 5)",
                Map.of("names", names, "before", before));
    }

    /** Waits until for a second no new frame of anybody else was shown. */
    void awaitNoFramesOf(Collection<Tab> others) {
        List<String> names =
                others.stream().filter(tab -> tab != this).map(Tab::user).toList();
        await("names => foyerMeter.quietFor(names) > 1000", names);
    }

    /**
     * The pairs of candidates that the page's connections use, as {@code local type, protocol, remote type, protocol};
     * for pages with {@code connections.js}.
     */
    List<String> selectedPairs() {
        return ((List<?>) page.evaluate("foyerConnections.selected()"))
                .stream().map(String::valueOf).toList();
    }

    /** The page's clock, in ms. */
    double now() {
        return ((Number) page.evaluate("foyerMeter.now()")).doubleValue();
    }

    /** Waits until the page has measured the change to the present epoch, for every named user's picture and sound. */
    void awaitSwapMeasured(Collection<String> users) {
        await("""
                users => {
                  const epoch = Number(document.querySelector('[data-testid=room]').dataset.epoch);
                  return users.every(user => ['audio', 'video'].every(kind =>
                    foyer.gaps().some(g => g.userId === user && g.kind === kind && g.epoch === epoch)));
                }
                """, List.copyOf(users));
    }

    /** Longest time in ms between two frames of each named user since a time of {@link #now}. */
    Map<String, Double> stalls(double since, Collection<String> users) {
        Map<?, ?> gaps = (Map<?, ?>) page.evaluate("since => foyerMeter.gaps(since)", since);
        Map<String, Double> named = new LinkedHashMap<>();
        users.forEach(user -> named.put(user, ((Number) gaps.get(user)).doubleValue()));
        return named;
    }

    /**
     * What the page measured of each change of each named user's track of a kind.
     *
     * @param figure {@code gapMs} for the change itself, {@code baselineMs} for the second before it
     */
    List<Double> gaps(String kind, String figure, Collection<String> users) {
        List<?> gaps = (List<?>) page.evaluate(
                "({kind, figure, users}) => foyer.gaps().filter(g => g.kind === kind && users.includes(g.userId)"
                        + " && g[figure] !== null).map(g => g[figure])",
                Map.of("kind", kind, "figure", figure, "users", List.copyOf(users)));
        return gaps.stream().map(gap -> ((Number) gap).doubleValue()).toList();
    }

    /** Where the time went around the longest gap of a user's picture: when frames arrived and were shown. */
    String framesAround(String user, double since) {
        return (String) page.evaluate(
                "({user, since}) => foyerMeter.around(user, since)", Map.of("user", user, "since", since));
    }

    private void await(String condition, @Nullable Object argument) {
        try {
            page.waitForFunction(condition, argument, new Page.WaitForFunctionOptions().setTimeout(JOIN_TIMEOUT_MS));
        } catch (com.microsoft.playwright.TimeoutError e) {
            Path shot = Path.of("target", "browser-failure-" + user + ".png");
            page.screenshot(new Page.ScreenshotOptions().setPath(shot));
            throw new AssertionError(
                    "%s waited in vain for %s with %s; state %s; picture %s; console:\n%s\nsignaling:\n%s"
                            .formatted(
                                    user,
                                    condition.strip(),
                                    argument,
                                    state(),
                                    shot,
                                    String.join("\n", console),
                                    String.join("\n", signaling)),
                    e);
        }
    }

    private Object state() {
        return page.evaluate("""
                () => ({
                  room: {...(document.querySelector('[data-testid=room]')?.dataset ?? {})},
                  tiles: [...document.querySelectorAll('[data-testid=tile]')].map(t => t.dataset.user),
                  frames: foyerMeter.all(),
                })
                """);
    }

    /** Dies as a crashed tab does: no goodbye to the server or to peers. */
    void crash() {
        try {
            page.navigate("chrome://crash", new Page.NavigateOptions().setTimeout(2_000));
        } catch (com.microsoft.playwright.PlaywrightException e) {
            // A crashed page never finishes its navigation.
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
