package execnet4j.bench.compare;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** On which processors measured processes and all that they start may run. */
enum Processors {
    ONE("1 cpu", "0"),
    TWO("2 cpus", "0,1"),
    ALL("all cpus", "");

    private static final boolean CAN_PIN = Arrays.stream(
                    System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));

    private final String label;
    private final String numbers;

    Processors(String label, String numbers) {
        this.label = label;
        this.numbers = numbers;
    }

    /** Whether processes can be kept to some processors here. */
    static boolean canPin() {
        return CAN_PIN;
    }

    String label() {
        return label;
    }

    /** What stands before a command. */
    List<String> prefix() {
        return this == ALL || !CAN_PIN ? List.of() : List.of("taskset", "-c", numbers);
    }
}
