package dev.foyer.app;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Hears of SIGTERM and SIGINT.
 *
 * <p>A shutdown hook can neither choose the process's exit status nor hear of a second signal. {@code sun.misc.Signal}
 * can: it is part of the supported module {@code jdk.unsupported}, and is reached by reflection because javac warns of
 * it in a way that cannot be silenced, and warnings are errors here.
 */
final class Signals {
    private Signals() {}

    /**
     * Replaces the JVM's own handling.
     *
     * @param first run on a thread of its own at the first signal
     * @param again run on a thread of its own at every further one
     */
    static void handle(Runnable first, Runnable again) {
        AtomicBoolean told = new AtomicBoolean();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (_, method, _) -> {
                        if (method.getName().equals("handle")) {
                            (told.compareAndSet(false, true) ? first : again).run();
                        }
                        return null;
                    });
            for (String name : new String[] {"TERM", "INT"}) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("signals cannot be handled on this Java", e);
        }
    }
}
