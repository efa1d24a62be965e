package dev.foyer.http;

import java.util.List;

/** Ends a request that is not as the API's document says. Carries no stack trace: it is an answer, not a bug. */
final class InvalidRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem.Fault> faults;

    InvalidRequest(List<Problem.Fault> faults) {
        super(sentence(faults), null, false, false);
        this.faults = List.copyOf(faults);
    }

    /** One thing in a request that is wrong. */
    InvalidRequest(String in, String at, String detail) {
        this(List.of(new Problem.Fault(in, at, detail)));
    }

    List<Problem.Fault> faults() {
        return faults;
    }

    private static String sentence(List<Problem.Fault> faults) {
        Problem.Fault first = faults.getFirst();
        String where = first.at().isEmpty() ? "the " + first.in() : first.at() + " in the " + first.in();
        return where + " " + first.detail();
    }
}
