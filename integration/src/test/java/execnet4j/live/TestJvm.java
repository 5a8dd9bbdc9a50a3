package execnet4j.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The java of this JDK, as tests start it. */
public final class TestJvm {
    private TestJvm() {}

    /** A command that runs it: what it leaves in the temporary folder is seen by {@link LeftBehind}. */
    public static List<String> command(List<String> arguments) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.add(TemporaryFolder.OPTION);
        // It lives for some seconds: what C2 makes of it would come too late and cost as much again.
        words.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        words.addAll(arguments);
        return words;
    }

    /** The same, of a class with this process's class path. */
    public static List<String> running(String program, String... arguments) {
        List<String> words = new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), program));
        words.addAll(List.of(arguments));
        return command(words);
    }
}
