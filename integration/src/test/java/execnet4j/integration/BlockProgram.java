package execnet4j.integration;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A block as a source file: one that declares a type as it stands, any other as the statements of a main method, below the
 * imports that the pages take for granted.
 *
 * @param className the class that the file is named after
 * @param source the file's text
 * @param runs whether it has a main method
 */
record BlockProgram(String className, String source, boolean runs) {
    private static final Pattern TYPE = Pattern.compile(
            "^(?:@\\w+ )*(?:(?:public|final|abstract|sealed) )*(?:class|record|interface|enum) (\\w+)",
            Pattern.MULTILINE);
    private static final Pattern PUBLIC_TYPE = Pattern.compile(
            "^public (?:(?:final|abstract|sealed) )*(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE);
    private static final String GRANTED = Stream.of(
                    "java.util",
                    "java.util.concurrent",
                    "java.io",
                    "java.time",
                    "java.nio.file",
                    "execnet4j",
                    "execnet4j.channel",
                    "execnet4j.serial",
                    "execnet4j.spec",
                    "execnet4j.pool",
                    "execnet4j.serve",
                    "execnet4j.error")
            .map(each -> "import " + each + ".*;\n")
            .collect(Collectors.joining());

    static BlockProgram of(String code) {
        Matcher type = TYPE.matcher(code);
        if (startsWithType(code) && type.find()) {
            Matcher named = PUBLIC_TYPE.matcher(code);
            return new BlockProgram(
                    named.find() ? named.group(1) : type.group(1), code, code.contains("static void main("));
        }
        List<String> lines = code.lines().toList();
        String imports = lines.stream()
                .filter(line -> line.startsWith("import "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        String statements = lines.stream()
                .filter(line -> !line.startsWith("import "))
                .map(line -> "        " + line + "\n")
                .collect(Collectors.joining());
        String source = imports + GRANTED + "public class Main {\n"
                + "    public static void main(String[] args) throws Exception {\n" + statements + "    }\n}\n";
        return new BlockProgram("Main", source, true);
    }

    /** Whether the first line that is neither comment nor import declares a type. */
    private static boolean startsWithType(String code) {
        String bare = code.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
        return bare.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("import ") && !line.matches("@\\w+"))
                .findFirst()
                .filter(line -> TYPE.matcher(line).lookingAt())
                .isPresent();
    }
}
