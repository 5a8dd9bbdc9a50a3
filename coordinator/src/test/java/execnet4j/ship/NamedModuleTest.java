package execnet4j.ship;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import execnet4j.channel.Channel;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;

/** In a Java of its own, with everything on the module path and nothing opened. */
class NamedModuleTest {
    @TempDir
    private Path directory;

    @Test
    void lambdasOfANamedModuleNeedNoOpens() throws Exception {
        write("app/module-info.java", "module app { requires execnet4j.kernel; }");
        write("app/app/internal/Tasks.java", """
                package app.internal;
                import execnet4j.channel.*;
                public final class Tasks {
                    record Sum(int a, long b) {}
                    public static RemoteTask task(int a, String text) {
                        return channel -> System.out.println(new Sum(a, 2) + text + Tasks.class.getModule());
                    }
                    public static void main(String[] args) throws Exception {
                        execnet4j.ship.ModuleProbe.main(task(1, " in "));
                    }
                }
                """);
        // The probe reaches what is internal, so it joins the coordinator's module.
        write("probe/execnet4j/ship/ModuleProbe.java", """
                package execnet4j.ship;
                import execnet4j.channel.*;
                import execnet4j.serial.ChannelResolver;
                import execnet4j.protocol.*;
                import execnet4j.worker.*;
                public final class ModuleProbe {
                    public static void main(RemoteTask task) throws Exception {
                        PreparedTask prepared =
                                new TaskShipper(TaskClassPath.ofApplication()).task(task, Runtime.version().feature());
                        TaskOrder order = TaskOrder.fromPayload(
                                new SentClasses().order(prepared, ChannelResolver.NONE).payload(), ChannelResolver.NONE);
                        System.out.println(new java.util.TreeSet<>(order.classes().keySet()));
                        new TaskLoaders(ClassLoader.getPlatformClassLoader(), CodeRequests.NONE).accept(order).run(null);
                    }
                }
                """);
        String modulePath = Stream.of(
                        location(Channel.class),
                        location(TaskShipper.class),
                        location(ClassReader.class),
                        location(Nullable.class),
                        location(GuardedBy.class),
                        directory.resolve("out"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
        Path probe = directory.resolve("probe-out");
        List<String> both = List.of(
                "--module-path",
                modulePath,
                "--add-modules",
                "execnet4j",
                "--patch-module",
                "execnet4j=" + probe,
                "--add-exports=execnet4j/execnet4j.ship=app",
                "--add-reads=app=execnet4j");

        compile(
                List.of(
                        "--module-path",
                        modulePath,
                        "--patch-module",
                        "execnet4j=" + directory.resolve("probe"),
                        "-d",
                        probe.toString()),
                "probe/execnet4j/ship/ModuleProbe.java");
        compile(
                with(both, "-d", directory.resolve("out/app").toString()),
                "app/module-info.java",
                "app/app/internal/Tasks.java");
        String output = run(with(both, "-m", "app/app.internal.Tasks"));

        assertThat(output).contains("[app.internal.Tasks, app.internal.Tasks$Sum]");
        assertThat(output).contains("Sum[a=1, b=2] in unnamed module");
    }

    private static List<String> with(List<String> options, String... more) {
        return Stream.concat(options.stream(), Arrays.stream(more)).toList();
    }

    private void write(String name, String text) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void compile(List<String> options, String... files) {
        String[] arguments = Stream.concat(
                        options.stream(),
                        Arrays.stream(files).map(each -> directory.resolve(each).toString()))
                .toArray(String[]::new);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
                .isZero();
    }

    private String run(List<String> arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        Path output = directory.resolve("output.txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        Map<String, String> environment = builder.environment();
        environment.remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    private static Path location(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
