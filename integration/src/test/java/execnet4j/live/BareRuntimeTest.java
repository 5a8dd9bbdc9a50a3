package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.channel.Channel;
import execnet4j.error.RemoteTaskException;
import execnet4j.integration.ProgramRun;
import execnet4j.stock.StockPython;
import execnet4j.stock.WorkerScript;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers on a Java that has {@code java.base} alone. */
class BareRuntimeTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private static Path folder;

    private static Path home;

    @BeforeAll
    static void link() throws Exception {
        home = BareRuntime.in(folder);
    }

    @Test
    void ourOwnWorkerNeedsNoMore() {
        try (Group group = Group.start("popen//java=" + home.resolve("bin/java"))) {
            Gateway gateway = group.get(0);
            Channel modules =
                    gateway.remoteExec("ModuleLayer.boot().modules().forEach(each -> channel.send(each.getName()));");
            assertThat(modules).containsExactly("java.base");
            int captured = 41;
            Channel lambda = gateway.remoteExec(channel -> channel.send(captured + channel.receive(int.class)));
            lambda.send(1);
            assertThat(lambda.receive(SOON)).isEqualTo(42);
            Channel failing = gateway.remoteExec("throw new java.io.IOException(\"boo\");");
            assertThatThrownBy(() -> failing.waitClose(SOON))
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessageContaining("java.io.IOException: boo");
            Channel beyond = gateway.remoteExec("java.util.logging.Logger.getGlobal();");
            assertThatThrownBy(() -> beyond.waitClose(SOON))
                    .isInstanceOf(RemoteTaskException.class)
                    .hasMessageContaining("java.util.logging.Logger");
        }
    }

    @Test
    void aMasterWithPlainExecnetIsToldThatItHasNoCompiler() throws Exception {
        Path script = WorkerScript.in(folder);
        String program = """
                import execnet
                gateway = execnet.makegateway("popen//python=env JAVA_HOME=%s %s")
                print("up, on", gateway._rinfo().executable)
                for number in range(2):
                    try:
                        gateway.remote_exec("channel.send(1);").receive(60)
                    except execnet.RemoteError as error:
                        print(error)
                execnet.default_group.terminate(timeout=5)
                """.formatted(home, script);
        ProgramRun run = ProgramRun.of(folder, StockPython.any().running(script, folder, "-c", program));
        run.leftOver().forEach(ProcessHandle::destroyForcibly);
        assertThat(run.exitStatus()).as(run.errors()).isZero();
        String error = "this worker compiles Java source itself, and the Java in " + home
                + " has no compiler; have it run by a JDK, with python=env JAVA_HOME=/path/to/jdk "
                + script;
        assertThat(run.output().lines().filter(line -> line.contains("compiler")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(error));
        assertThat(run.leftOver()).as("processes left behind").isEmpty();
    }
}
