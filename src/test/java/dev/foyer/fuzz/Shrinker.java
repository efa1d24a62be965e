package dev.foyer.fuzz;

import java.util.Arrays;

/** Makes an input that fails shorter as long as it fails in the same way: by halves, quarters, down to single bytes. */
final class Shrinker {
    private static final int MAX_ATTEMPTS = 2_000;

    private final Examination examination;
    private int attempts;

    Shrinker(Examination examination) {
        this.examination = examination;
    }

    byte[] shrink(byte[] input, Throwable failure) {
        byte[] shortest = input;
        for (int piece = Math.max(1, input.length / 2); piece >= 1; piece /= 2) {
            int at = 0;
            while (at < shortest.length && attempts < MAX_ATTEMPTS) {
                byte[] shorter = without(shortest, at, Math.min(shortest.length, at + piece));
                attempts++;
                if (sameKind(examination.attempt(shorter), failure)) {
                    shortest = shorter;
                } else {
                    at += piece;
                }
            }
        }
        return shortest;
    }

    private static byte[] without(byte[] bytes, int from, int to) {
        byte[] rest = Arrays.copyOf(bytes, bytes.length - (to - from));
        System.arraycopy(bytes, to, rest, from, bytes.length - to);
        return rest;
    }

    /** Same class, thrown at the same place. */
    private static boolean sameKind(Throwable one, Throwable other) {
        return one != null && one.getClass() == other.getClass() && place(one).equals(place(other));
    }

    private static String place(Throwable failure) {
        for (StackTraceElement element : failure.getStackTrace()) {
            if (element.getClassName().startsWith("dev.foyer.")) {
                return element.toString();
            }
        }
        return "";
    }
}
