package dev.foyer.socketio;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Puts down what a socket's listener hears, one line each. */
final class RecordingListener implements SocketListener {
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    String next() throws InterruptedException {
        String line = heard.poll(10, TimeUnit.SECONDS);
        if (line == null) {
            throw new AssertionError("nothing was heard");
        }
        return line;
    }

    boolean silent() {
        return heard.isEmpty();
    }

    @Override
    public void onEvent(String event, List<Object> args, Ack ack) {
        heard.add("event " + event + " " + args);
        if (ack != null) {
            ack.reply(args.toArray());
        }
    }

    @Override
    public void onInvalidEvent(String event, Ack ack) {
        heard.add("invalid " + event);
        if (ack != null) {
            ack.reply("invalid");
        }
    }

    @Override
    public void onRateLimited(String event, Ack ack, long retryAfterMillis) {
        heard.add("rate " + event);
        if (ack != null) {
            ack.reply("retry", retryAfterMillis);
        }
    }

    @Override
    public void onSuspended() {
        heard.add("suspended");
    }

    @Override
    public void onResumed(boolean recovered) {
        heard.add("resumed " + recovered);
    }

    @Override
    public void onDisconnected(DisconnectReason reason) {
        heard.add("disconnected " + reason);
    }
}
