package dev.foyer.app;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;

final class DoctorCommand {
    private DoctorCommand() {}

    static int run(List<String> arguments, Map<String, String> environment, PrintStream out, PrintStream err) {
        return 0;
    }
}
