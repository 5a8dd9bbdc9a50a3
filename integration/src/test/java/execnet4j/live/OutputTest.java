package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.channel.RemoteFunction;
import execnet4j.pool.TaskPool;
import execnet4j.pool.TaskResults;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutputTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Lines lines = new Lines();
    private final Group group = Group.builder().outputListener(lines).build();

    @AfterEach
    void end() {
        group.terminate(Duration.ofSeconds(5));
    }

    private static void run(Gateway gateway, String source) {
        gateway.remoteExec(source).waitClose(SOON);
    }

    @Test
    @DisplayName(
            "G18 G19 B12 whatever is written to the descriptors 1 and 2 comes out as lines and never between the frames")
    void rawWrites() {
        Gateway gateway = group.makeGateway();

        run(gateway, "System.out.println(\"from out\");");
        run(gateway, "System.err.println(\"from err\");");
        run(gateway, "new FileOutputStream(FileDescriptor.out).write(\"raw to 1\\n\".getBytes());");
        run(gateway, "new FileOutputStream(FileDescriptor.err).write(\"raw to 2\\n\".getBytes());");
        run(
                gateway,
                "new ProcessBuilder(\"sh\", \"-c\", \"echo child to 1; echo child to 2 >&2\")"
                        + ".inheritIO().start().waitFor();");

        for (String text : List.of("from out", "from err", "raw to 1", "raw to 2", "child to 1", "child to 2")) {
            lines.await("gw0: " + text);
        }
        assertThat(gateway.remoteStatus().executing()).isZero();
    }

    @Test
    void aLineThatATaskLeavesOpenEndsWithIt() {
        Gateway gateway = group.makeGateway();

        run(gateway, "System.out.print(\"a start\");");
        run(gateway, "System.err.print(\"another\");");
        run(gateway, "System.out.println(\"whole\");");
        RemoteFunction<String, String> printing = text -> {
            System.out.print(text);
            return text;
        };
        try (TaskResults<String> results =
                TaskPool.of(group).map(printing, List.of("one", "two", "").iterator())) {
            assertThat(results).toIterable().hasSize(3);
        }
        group.terminate(Duration.ofSeconds(10));

        assertThat(lines.all()).containsExactly("gw0: a start", "gw0: another", "gw0: whole", "gw0: one", "gw0: two");
    }

    @Test
    @DisplayName("B12 a task reads end of file from its standard input")
    void noStandardInput() {
        Channel channel = group.makeGateway().remoteExec("channel.send(System.in.read());");

        assertThat(channel.receive(SOON)).isEqualTo(-1);
        channel.waitClose(SOON);
    }

    @Test
    void linesOfSeveralWorkersStayWholeAndLabelled() {
        group.makeGateway();
        group.makeGateway();
        int count = 2_000;

        group.remoteExec("""
                for (int i = 0; i < 2000; i++) {
                    System.out.print("line ");
                    System.out.println(i + " ü€");
                }
                """).waitClose(SOON);

        for (String id : List.of("gw0", "gw1")) {
            lines.await(id + ": line " + (count - 1) + " ü€");
            assertThat(lines.all().stream().filter(line -> line.startsWith(id)))
                    .isEqualTo(IntStream.range(0, count)
                            .mapToObj(i -> id + ": line " + i + " ü€")
                            .toList());
        }
    }

    @Test
    void aLastLineWithoutItsEndComesTooAndALongOneInPieces() {
        Gateway gateway = group.makeGateway();

        run(gateway, "System.out.print(\"x\".repeat(70000) + \"\\nno end\"); System.out.flush();");
        group.terminate(Duration.ofSeconds(10));

        lines.await("gw0: no end");
        assertThat(String.join("", lines.all())).hasSize(70_000 + 2 * "gw0: ".length() + "gw0: no end".length());
    }

    @Test
    void outputThatNobodyWantsIsDroppedButErrorsStillCome() {
        Gateway gateway = group.makeGateway("popen//stdout=null");

        run(
                gateway,
                "System.out.println(\"dropped\");"
                        + "new FileOutputStream(FileDescriptor.out).write(\"dropped too\\n\".getBytes());");
        run(gateway, "System.err.println(\"kept\");");

        lines.await("gw0: kept");
        assertThat(lines.all()).containsExactly("gw0: kept");
    }

    @Test
    void aListenerThatThrowsStopsNoOutput() {
        Lines behind = new Lines();
        try (Group other = Group.builder()
                .outputListener((id, line) -> {
                    behind.printed(id, line);
                    throw new IllegalStateException("not today");
                })
                .start("popen")) {
            run(other.get(0), "for (int i = 0; i < 5; i++) System.out.println(i);");

            behind.await("gw0: 4");
            assertThat(behind.all()).hasSize(5);
        }
    }
}
