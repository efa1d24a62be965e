package dev.foyer.browser;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One user of a client in the field: a tab with a page of {@code browser/dialects}. */
final class FieldTab implements AutoCloseable {
    private static final double PATIENCE_MS = 45_000;
    private static final int SIGNALING_KEPT = 80;
    private static final int SIGNALING_SHOWN = 200;
    private static final int NEW_FRAMES = 5;

    private final BrowserContext context;
    private final Page page;
    private final String user;
    private final List<String> console = new ArrayList<>();
    private final Deque<String> signaling = new ArrayDeque<>();

    FieldTab(BrowserContext context, String user) {
        this.context = context;
        this.user = user;
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE_MS);
        page.onConsoleMessage(message -> console.add(message.type() + ": " + message.text()));
        page.onPageError(error -> console.add("error: " + error));
        page.onWebSocket(socket -> {
            socket.onFrameSent(frame -> said("> ", frame.text()));
            socket.onFrameReceived(frame -> said("< ", frame.text()));
        });
    }

    private void said(String direction, @Nullable String text) {
        if (text != null && text.length() > 1 && !text.contains("ice-candidate")) {
            signaling.addLast(direction + text.substring(0, Math.min(text.length(), SIGNALING_SHOWN)));
            if (signaling.size() > SIGNALING_KEPT) {
                signaling.removeFirst();
            }
        }
    }

    String user() {
        return user;
    }

    /** Opens the page, which joins at once, and returns when its client says that it has joined. */
    void open(String url) {
        page.navigate(url);
        await("() => window.client !== undefined", null);
        await("() => client.joined.then(() => true)", null);
    }

    /** Waits until new frames of everybody else are shown, each by that user's own camera, and tiles of nobody else. */
    void awaitFramesOf(Collection<FieldTab> others) {
        awaitFramesOfUsers(others.stream()
                .filter(other -> other != this)
                .map(FieldTab::user)
                .toList());
    }

    /** As {@link #awaitFramesOf}, by name. */
    void awaitFramesOfUsers(Collection<String> users) {
        List<String> names = List.copyOf(users);
        await("names => names.every(name => stage.users().includes(name))", names);
        Object before = page.evaluate("names => stage.frames(names)", names);
        await(
                "({names, before, enough}) => stage.frames(names).every((n, i) => n >= before[i] + enough)"
                        + " && stage.genuine(names) && stage.users().length === names.length",
                Map.of("names", names, "before", before, "enough", NEW_FRAMES));
    }

    /** Waits until somebody is shown whose id starts so, and returns the id. */
    String awaitUser(String start) {
        await("start => stage.users().some(user => user.startsWith(start))", start);
        return (String) page.evaluate("start => stage.users().find(user => user.startsWith(start))", start);
    }

    /** Waits until nobody is shown any more. */
    void awaitNobody() {
        await("() => stage.users().length === 0", null);
    }

    /** Waits until for four seconds the page sent less than twice what its busiest connection sent. */
    void awaitOneUplink() {
        page.evaluate("stage.meter.reset()");
        await("() => { const uplinks = stage.meter.uplinks(); return uplinks !== null && uplinks < 2; }", null);
    }

    /** Waits until the page has exactly so many connections up, all of which lead to the SFU, or none does. */
    void awaitPaths(String kind, int count) {
        await(
                "({kind, count}) => stage.meter.paths().length === count"
                        + " && stage.meter.paths().every(([, path]) => path === kind)",
                Map.of("kind", kind, "count", count));
    }

    /** Waits until one connection carries the page's video and says whom it is meant for. */
    String awaitCarrier() {
        awaitOneUplink();
        return (String) page.evaluate("stage.meter.carrier()");
    }

    /** How many offers came while one of the page's own was outstanding. */
    int crossedOffers() {
        return ((Number) page.evaluate("stage.meter.refused()")).intValue();
    }

    /** What went wrong in the page or was told to its user as an error. */
    List<?> faults() {
        return (List<?>) page.evaluate("stage.faults()");
    }

    /** Waits for an expression about {@code client} and {@code stage}. */
    void await(String condition, @Nullable Object argument) {
        try {
            page.waitForFunction(condition, argument, new Page.WaitForFunctionOptions().setTimeout(PATIENCE_MS));
        } catch (PlaywrightException e) {
            throw new AssertionError(
                    "%s waited in vain for %s with %s: %s; console:\n%s\nsignaling:\n%s\nstage: %s"
                            .formatted(
                                    user,
                                    condition.strip(),
                                    argument,
                                    e.getMessage(),
                                    String.join("\n", console),
                                    String.join("\n", signaling),
                                    page.evaluate("JSON.stringify(window.stage?.told(), null, 1)")),
                    e);
        }
    }

    /** Leaves the room as the client does. */
    void leave() {
        page.evaluate("client.leave()");
    }

    @Override
    public void close() {
        context.close();
    }
}
