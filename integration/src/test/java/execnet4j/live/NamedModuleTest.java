package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Group;
import execnet4j.channel.Channel;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedModuleTest {
    @TempDir
    Path folder = Path.of("");

    @Test
    void aLambdaOfANamedModuleThatOpensNothingIsATask() throws Exception {
        Path info = Files.writeString(folder.resolve("module-info.java"), """
                module user.app {
                    requires execnet4j;
                }
                """);
        Path source = Files.createDirectories(folder.resolve("user/app")).resolve("Main.java");
        Files.writeString(source, """
                package user.app;

                import execnet4j.Gateway;
                import execnet4j.Group;
                import execnet4j.channel.Channel;
                import execnet4j.channel.RemoteTask;
                import java.util.List;

                public class Main {
                    public static void main(String[] args) {
                        try (Group group = Group.start("popen")) {
                            Gateway gateway = group.get(0);
                            List<Integer> captured = List.of(1, 2, 3);
                            System.out.println(gateway.remoteExec(channel -> channel.send(sum(captured))).receive());
                            System.out.println(gateway.remoteExec(Main::task).receive());
                            System.out.println(gateway.remoteExec(Task.class).receive());
                            System.out.println(gateway.remoteExec("channel.send(4);").receive());
                        }
                        System.out.println("done");
                    }

                    private static int sum(List<Integer> numbers) {
                        return numbers.stream().mapToInt(each -> each).sum();
                    }

                    private static void task(Channel channel) {
                        channel.send(Main.class.getModule().isNamed() + " there");
                    }

                    static class Task implements RemoteTask {
                        public void run(Channel channel) {
                            channel.send("a class");
                        }
                    }
                }
                """);
        Path classes = folder.resolve("classes");
        String modulePath = modulePath();
        JavacRun.compile(classes, List.of("-p", modulePath), info, source);

        try (ChildJvm program = ChildJvm.of(
                List.of("-p", classes + File.pathSeparator + modulePath, "-m", "user.app/user.app.Main"), Map.of())) {
            assertThat(program.readTo("done")).containsExactly("6", "false there", "a class", "4", "done");
            assertThat(program.errors()).isEmpty();
        }
    }

    private static String modulePath() throws URISyntaxException {
        Stream<String> libraries = Stream.of(
                        System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.matches(".*/(asm|jspecify|error_prone_annotations)-[^/]*jar"));
        return Stream.concat(Stream.of(place(Channel.class), place(Group.class)), libraries)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String place(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }
}
