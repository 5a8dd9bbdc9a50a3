package execnet4j.bootstrap;

import java.util.List;
import java.util.stream.Collectors;

/** Modules of ours as one program, for a Python that finds none of them. */
final class JoinedPython {
    private static final String FUTURE = "from __future__ import annotations";
    private static final String OURS = "from execnet4j_";
    private static final List<String> SERVING = List.of(
            "execnet4j_worker/family.py",
            "execnet4j_served/proof.py",
            "execnet4j_served/child.py",
            "execnet4j_served/session.py");

    /** Goes to a coordinator whose address, port and pin are the arguments. */
    static final String DIAL = of("execnet4j_served/dial.py");

    /** Gives a shell to who has the token that is the first line of its input. */
    static final String INSTALL = of("execnet4j_served/install.py");

    private JoinedPython() {}

    private static String of(String last) {
        StringBuilder text = new StringBuilder(FUTURE).append('\n');
        SERVING.forEach(each -> text.append(withoutImports(each)));
        return text.append(withoutImports(last)).append("main(sys.argv[1:])\n").toString();
    }

    /** Each finds the others' names beside its own. */
    private static String withoutImports(String module) {
        return PythonSources.read(module)
                .lines()
                .filter(line -> !line.equals(FUTURE) && !line.startsWith(OURS))
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
