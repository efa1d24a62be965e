package dev.foyer.fuzz;

/** Counts what a walk over an input does, so that none goes on for longer than the input is. */
public final class Steps {
    private final long most;
    private long taken;

    /** A walk of at most so many steps. */
    public Steps(long most) {
        this.most = most;
    }

    /** Takes one; returns true, to stand in the condition of a loop. */
    public boolean step() {
        if (++taken > most) {
            throw new AssertionError("more than " + most + " steps");
        }
        return true;
    }

    /** How many were taken. */
    public int taken() {
        return (int) taken;
    }
}
