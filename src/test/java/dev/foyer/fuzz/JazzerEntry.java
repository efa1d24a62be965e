package dev.foyer.fuzz;

/** Where Jazzer comes in: it looks for these two methods by name. */
public final class JazzerEntry {
    private static FuzzTarget target;
    private static Examination examination;

    private JazzerEntry() {}

    /** Called once, with the class of the target. */
    public static void fuzzerInitialize(String[] arguments) {
        target = FuzzTargets.create(arguments[0]);
        examination = new Examination(target);
        target.corpus().forEach(input -> examination.attempt(input, Long.MAX_VALUE));
    }

    /** Called with each input. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length > target.longest()) {
            return;
        }
        Throwable failure = examination.attempt(input);
        if (failure != null) {
            throw new AssertionError(Reports.failure(target, input, failure), failure);
        }
    }
}
