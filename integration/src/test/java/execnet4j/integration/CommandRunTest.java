package execnet4j.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import execnet4j.live.Processes;
import execnet4j.live.TestJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, with real workers. */
class CommandRunTest {
    @TempDir
    Path folder;

    @BeforeEach
    void makeTasks() throws Exception {
        task("Length", "return ((String) item).length();");
        task("Odd", """
                int number = Integer.parseInt((String) item);
                System.out.println("looking at " + number);
                if (number % 2 == 0) {
                    throw new IllegalArgumentException(number + " is even");
                }
                return number;""");
        // Kills its worker the first time each item is seen: a file is the only memory that outlives the worker.
        task("Mortal", """
                if (java.nio.file.Files.notExists(java.nio.file.Path.of("seen-" + item))) {
                    java.nio.file.Files.createFile(java.nio.file.Path.of("seen-" + item));
                    new ProcessBuilder("kill", "-9", "" + ProcessHandle.current().pid()).start().waitFor();
                }
                return item;""");
    }

    @Test
    void resultsAreJsonLinesInTheOrderOfTheItems() throws Exception {
        ProgramRun run = map("--tx", "2*popen", "Length.java", "a", "", "ccc", "dd");
        assertThat(run.output()).isEqualTo("""
                        {"item":"a","result":1}
                        {"item":"","result":0}
                        {"item":"ccc","result":3}
                        {"item":"dd","result":2}
                        """);
        assertThat(run.errors()).matches("4 items, 2 workers, \\d+\\.\\d seconds, 0 failures\n");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.leftOver()).isEmpty();
    }

    @Test
    void aWorkerBehindAnotherComesWithItEvenForOneItem() throws Exception {
        ProgramRun run = map("--tx", "popen//via=way", "--tx", "popen//id=way", "Length.java", "ccc");
        assertThat(run.output()).isEqualTo("{\"item\":\"ccc\",\"result\":3}\n");
        assertThat(run.exitStatus()).isZero();
        assertThat(run.leftOver()).isEmpty();
    }

    @Test
    void aTasksErrorIsItsItemsAndTheStatusIsOne() throws Exception {
        ProgramRun run = map("--tx", "popen", "Odd.java", "1", "2", "3");
        assertThat(run.output().lines())
                .hasSize(3)
                .contains("{\"item\":\"1\",\"result\":1}", "{\"item\":\"3\",\"result\":3}")
                .element(1)
                .asString()
                .startsWith("{\"item\":\"2\",\"error\":\"")
                .contains("2 is even", "Odd.java:");
        assertThat(run.errors().lines())
                .contains("[gw0] looking at 1", "[gw0] looking at 2", "[gw0] looking at 3")
                .contains("execnet4j: item \"2\": java.lang.IllegalArgumentException: 2 is even (Odd.java:6)")
                .last()
                .asString()
                .startsWith("3 items, 1 worker, ")
                .endsWith(", 1 failure");
        assertThat(run.exitStatus()).isEqualTo(1);
    }

    @Test
    void aWorkerThatDiesCostsNothing() throws Exception {
        ProgramRun run = map("--tx", "2*popen", "Mortal.java", "a", "b", "c");
        assertThat(run.output()).isEqualTo("""
                        {"item":"a","result":"a"}
                        {"item":"b","result":"b"}
                        {"item":"c","result":"c"}
                        """);
        assertThat(run.exitStatus()).isZero();
        assertThat(run.leftOver()).isEmpty();
    }

    @Test
    void withoutRetriesTheItemOfALostWorkerFailsAlone() throws Exception {
        Files.createFile(Files.createDirectories(folder.resolve("work")).resolve("seen-b"));
        ProgramRun run = map("--retries", "0", "--tx", "popen", "Mortal.java", "a", "b");
        assertThat(run.output().lines())
                .hasSize(2)
                .contains("{\"item\":\"b\",\"result\":\"b\"}")
                .first()
                .asString()
                .contains("the worker was lost with this item", "137");
        assertThat(run.exitStatus()).isEqualTo(1);
    }

    @Test
    void aTaskThatDoesNotCompileIsAMessage() throws Exception {
        task("Broken", "return itme;");
        ProgramRun run = map("--tx", "popen", "Broken.java", "a");
        assertThat(run.errors())
                .startsWith("execnet4j: ")
                .contains("Broken.java", "itme")
                .doesNotContain("\tat ");
        assertThat(run.output()).isEmpty();
        assertThat(run.exitStatus()).isEqualTo(1);
    }

    @Test
    void aPythonTaskThatCannotBeginIsOneMessage() throws Exception {
        for (String text : List.of("def apply(item:\n", "import nothing_of_that_name\n", "x = 1\n")) {
            String file = Files.writeString(folder.resolve("broken.py"), text).toString();
            ProgramRun run = map("--tx", "2*popen//python=python3", file, "a", "b", "c", "d");
            assertThat(run.errors())
                    .startsWith("execnet4j: the task ")
                    .containsOnlyOnce("Traceback")
                    .containsOnlyOnce("Error: ")
                    .contains("broken.py")
                    .doesNotContain("apply_each", "execnet4j: item");
            assertThat(run.output()).isEmpty();
            assertThat(run.exitStatus()).isEqualTo(1);
            assertThat(run.leftOver()).isEmpty();
        }
    }

    @Test
    void thereAreNoMoreWorkersThanItems() throws Exception {
        assertThat(map("--tx", "3*popen", "--tx", "popen", "Length.java", "a").errors())
                .startsWith("1 item, 1 worker, ");
        Path empty = Files.writeString(folder.resolve("empty"), "");
        assertThat(map("--tx", "popen//java=/bin/false", "--input-file", empty.toString(), "Length.java")
                        .errors())
                .contains("the input had no items", "0 items, 0 workers, ");
    }

    @Test
    void workersThatCannotStartAreAMessage() throws Exception {
        ProgramRun run = map("--tx", "popen//java=/bin/false", "Length.java", "a");
        assertThat(run.errors())
                .startsWith("execnet4j: ")
                .contains("/bin/false")
                .doesNotContain("\tat ");
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.leftOver()).isEmpty();
    }

    @Test
    void itemsComeFromAFileToo() throws Exception {
        Path items = Files.writeString(folder.resolve("items"), "x\nyy\n");
        ProgramRun run = map("--input-file", items.toString(), "Length.java");
        assertThat(run.output()).isEqualTo("{\"item\":\"x\",\"result\":1}\n{\"item\":\"yy\",\"result\":2}\n");
        assertThat(run.exitStatus()).isZero();
    }

    @Test
    void ctrlCEndsTheWorkersToo() throws Exception {
        task("Endless", """
                System.out.println("begun");
                while (true) {
                    Thread.onSpinWait();
                }""");
        Path work = Files.createDirectories(folder.resolve("work"));
        Process process =
                ProgramRun.start(work, Processes.heedingCtrlC(command("--tx", "2*popen", "Endless.java", "a", "b")));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !process.isAlive()
                        || Files.readString(work.resolve("stderr")).lines().count() == 2);
        List<ProcessHandle> workers = process.descendants().toList();
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid()))
                .start()
                .waitFor();
        ProgramRun run = ProgramRun.toEnd(process, work);
        assertThat(run.errors()).contains("interrupted; 0 of 2 done\n").doesNotContain("failure", "\tat ");
        assertThat(run.output()).isEmpty();
        assertThat(run.exitStatus()).isEqualTo(130);
        assertThat(workers).hasSizeGreaterThanOrEqualTo(2).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void whenNobodyReadsTheOutputItEndsQuietly() throws Exception {
        task("Fast", "return item;");
        List<String> pipe = new ArrayList<>(List.of("sh", "-c", "{ \"$@\"; echo $? >status; } | head -n 1", "sh"));
        pipe.addAll(command("--tx", "popen", "--input-file", manyItems(), "Fast.java"));
        ProgramRun run = ProgramRun.of(work(), pipe);
        assertThat(run.output()).isEqualTo("{\"item\":\"0\",\"result\":\"0\"}\n");
        assertThat(run.errors()).isEmpty();
        assertThat(work().resolve("status")).hasContent("141");
        assertThat(run.leftOver()).isEmpty();
    }

    @Test
    void aTaskThatKillsEveryWorkerEndsWithItsTotals() throws Exception {
        task("Deadly", "Runtime.getRuntime().halt(3); return item;");
        ProgramRun run = map("--retries", "0", "--tx", "popen", "Deadly.java", "a", "b", "c", "d", "e", "f");
        assertThat(run.output().lines())
                .hasSize(6)
                .allMatch(each -> each.contains("\"error\":"))
                .last()
                .asString()
                .contains("no worker is left: 5 in one place were lost one after the other");
        assertThat(run.errors().lines()).last().asString().matches("6 items, 1 worker, \\d+\\.\\d seconds, 6 failures");
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.leftOver()).isEmpty();
    }

    @Test
    void anEmptyInputIsToldAndNoFailure() throws Exception {
        ProgramRun run = map("--tx", "popen", "Length.java", "-");
        assertThat(run.errors())
                .startsWith("execnet4j: there was nothing to do: the input had no items\n0 items, 0 workers, ");
        assertThat(run.exitStatus()).isZero();
    }

    @Test
    void aWorkerThatDoesNotStartEndsTheCommandUnlessToldOtherwise() throws Exception {
        ProgramRun refused = map("--tx", "popen", "--tx", "popen//java=/bin/false", "Length.java", "a", "b");
        assertThat(refused.errors())
                .contains("1 of 2 gateways did not start", "java=/bin/false")
                .contains("(--start-available goes on with the workers that start)");
        assertThat(refused.exitStatus()).isEqualTo(1);

        ProgramRun run =
                map("--start-available", "--tx", "popen", "--tx", "popen//java=/bin/false", "Length.java", "a");
        assertThat(run.output()).isEqualTo("{\"item\":\"a\",\"result\":1}\n");
        assertThat(run.errors()).contains("execnet4j: one worker less: ", "java=/bin/false", "1 item, 1 worker, ");
        assertThat(run.exitStatus()).isZero();
    }

    @Test
    void theClassPathOfTheCommandIsNotTheTasks() throws Exception {
        task("Foreign", "return picocli.CommandLine.VERSION;");
        ProgramRun run = map("--tx", "popen", "Foreign.java", "a");
        assertThat(run.errors()).contains("Foreign.java", "package picocli does not exist");
        assertThat(run.exitStatus()).isEqualTo(1);
    }

    @Test
    void aPythonTaskRunsOnPythonWorkersAndOneThatDiesCostsNothing() throws Exception {
        Path task = Files.writeString(folder.resolve("mortal.py"), """
                import os

                def apply(item):
                    if item == "odd":
                        raise ValueError("odd item")
                    if not os.path.exists("seen-" + item):
                        open("seen-" + item, "w").close()
                        os.kill(os.getpid(), 9)
                    print("counting", item)
                    return {"length": len(item)}
                """);
        ProgramRun run = ProgramRun.of(
                work(), command("--tx", "2*popen//python=python3", task.toString(), "a", "bb", "odd", "ccc"));
        assertThat(run.output().lines())
                .hasSize(4)
                .contains(
                        "{\"item\":\"a\",\"result\":{\"length\":1}}",
                        "{\"item\":\"bb\",\"result\":{\"length\":2}}",
                        "{\"item\":\"ccc\",\"result\":{\"length\":3}}")
                .element(2)
                .asString()
                .contains("mortal.py\\\", line 5, in apply", "ValueError: odd item");
        assertThat(run.errors()).contains("] counting a\n", "execnet4j: item \"odd\": ValueError: odd item");
        assertThat(run.exitStatus()).isEqualTo(1);
        assertThat(run.leftOver()).isEmpty();
    }

    private String manyItems() throws Exception {
        String items = IntStream.range(0, 100_000).mapToObj(each -> each + "\n").collect(Collectors.joining());
        return Files.writeString(folder.resolve("many"), items).toString();
    }

    private Path work() throws Exception {
        return Files.createDirectories(folder.resolve("work"));
    }

    private void task(String name, String statements) throws Exception {
        Files.writeString(folder.resolve(name + ".java"), """
                public final class %s {
                    public static Object apply(Object item) throws Exception {
                %s
                    }
                }
                """.formatted(name, statements.indent(8)));
    }

    private ProgramRun map(String... arguments) throws Exception {
        return ProgramRun.of(Files.createDirectories(folder.resolve("work")), command(arguments));
    }

    private List<String> command(String... arguments) {
        List<String> command = TestJvm.running("execnet4j.cli.Main", "map");
        for (String argument : arguments) {
            command.add(argument.endsWith(".java") ? folder.resolve(argument).toString() : argument);
        }
        return command;
    }
}
