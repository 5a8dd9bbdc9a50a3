package execnet4j.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import execnet4j.error.SpecException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewaySpecTest {
    @Test
    @DisplayName("X01 a popen spec parses into named values, backslashes kept; absent keys are empty")
    void parsesIntoNamedValues() {
        GatewaySpec spec = GatewaySpec.of("popen//id=a=b//java=/usr/bin/java//chdir=d:\\hello\\there//nice=-5");
        assertThat(spec.popen()).isTrue();
        assertThat(spec.id()).hasValue("a=b");
        assertThat(spec.java()).containsExactly("/usr/bin/java");
        assertThat(spec.chdir()).hasValue("d:\\hello\\there");
        assertThat(spec.nice()).hasValue(-5);

        GatewaySpec bare = GatewaySpec.of("popen");
        assertThat(bare.id()).isEmpty();
        assertThat(bare.java()).isEmpty();
        assertThat(bare.chdir()).isEmpty();
        assertThat(bare.nice()).isEmpty();
        assertThat(bare.env()).isEmpty();
        assertThat(bare.jvmOptions()).isEmpty();
        assertThat(bare.forwardsStdout()).isTrue();
    }

    @Test
    @DisplayName("X01 a key that starts with an underscore is refused")
    void refusesUnderscore() {
        refused("popen//_id=x", "'_id' starts with an underscore");
    }

    @Test
    @DisplayName("X03 execmodel names one of three models, thread by default")
    void execModel() {
        assertThat(GatewaySpec.of("popen").execModel()).isEqualTo(ExecModel.THREAD);
        assertThat(GatewaySpec.of("popen//execmodel=thread").execModel()).isEqualTo(ExecModel.THREAD);
        assertThat(GatewaySpec.of("popen//execmodel=main_thread_only").execModel())
                .isEqualTo(ExecModel.MAIN_THREAD_ONLY);
        assertThat(GatewaySpec.of("popen//execmodel=virtual").execModel()).isEqualTo(ExecModel.VIRTUAL);
        refused("popen//execmodel=gevent", "one of thread, main_thread_only, virtual");
    }

    @Test
    @DisplayName("X06 the java may be several words, quoted as in a shell")
    void javaWords() {
        assertThat(GatewaySpec.of("popen//java=sudo -u build '/opt/my jdk/bin/java'")
                        .java())
                .containsExactly("sudo", "-u", "build", "/opt/my jdk/bin/java");
        refused("popen//java='/opt/jdk", "a single quote is left open");
        refused("popen//java= ", "a command is needed");
    }

    @Test
    @DisplayName("X06 X18 G38 python makes it a Python worker: a name, a path or several words")
    void pythonWords() {
        assertThat(GatewaySpec.of("popen").python()).isEmpty();
        assertThat(GatewaySpec.of("popen//python=python3").python()).containsExactly("python3");
        assertThat(GatewaySpec.of("popen//python=sudo -u build '/opt/my python/bin/python'")
                        .python())
                .containsExactly("sudo", "-u", "build", "/opt/my python/bin/python");
        assertThat(GatewaySpec.of("popen//python=python3").dontWriteBytecode()).isFalse();
        assertThat(GatewaySpec.of("popen//python=python3//dont_write_bytecode").dontWriteBytecode())
                .isTrue();
        refused("popen//python= ", "a command is needed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            popen//python=python3//java=java           | the key 'java' is for JVM workers
            popen//jvm:a=-Xmx1g//python=python3        | the key 'jvm' is for JVM workers
            popen//dont_write_bytecode                 | the key 'dont_write_bytecode' is for Python workers
            popen//python=python3//execmodel=virtual   | a Python worker has no virtual threads
            popen//python=python3//dont_write_bytecode=1 | should be written as dont_write_bytecode
            """)
    void refusesKeysOfTheOtherKind(String text, String reason) {
        refused(text, reason);
    }

    @Test
    @DisplayName("X07 env:NAME=value, in the order of the text; the value may hold = or be empty")
    void env() {
        assertThat(GatewaySpec.of("popen//env:B=1=2//env:A=//env:a:b=c").env())
                .containsExactly(entry("B", "1=2"), entry("A", ""), entry("a:b", "c"));
        refused("popen//env:=x", "env:NAME=...");
        refused("popen//env=x", "env:NAME=...");
        refused("popen//env:NAME", "env:NAME=...");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ssh=db1                                     | db1                         | db1
            ssh=me@db1                                  | me@db1                      | db1
            ssh=-p 2222 -A me@db1                       | -p 2222 -A me@db1           | db1
            ssh=-Ap 2222 db1 -v                         | -Ap 2222 db1 -v             | db1
            ssh=-p2222 -o 'User a b' db1                | -p2222 -o User a b db1      | db1
            ssh=-p 2222 db1//ssh_config=a b             | -F a b -p 2222 db1          | db1
            """)
    @DisplayName("G29 X02 X04 ssh: the configuration file, then options, then the host")
    void ssh(String text, String words, String host) {
        SshTarget target = GatewaySpec.of(text).ssh().orElseThrow();
        assertThat(String.join(" ", target.words())).isEqualTo(words);
        assertThat(target.host()).isEqualTo(host);
    }

    @Test
    void refusesAnSshThatCannotBe() {
        assertThat(GatewaySpec.of("popen").ssh()).isEmpty();
        refused("ssh=-p 2222", "there is no host");
        refused("ssh=db1 uname", "'uname' follows the host 'db1'");
        refused("ssh='db1", "a single quote is left open");
        refused("popen//ssh=db1", "the keys 'popen' and 'ssh' each say where");
        refused("popen//ssh_config=file", "'ssh_config' is for workers of 'ssh'");
    }

    @Test
    void howLongAHostHasToAnswer() {
        assertThat(GatewaySpec.of("ssh=db1").connectTimeout()).hasSeconds(10);
        assertThat(GatewaySpec.of("ssh=db1//connect_timeout=3").connectTimeout())
                .hasSeconds(3);
        assertThat(GatewaySpec.of("socket=db1:99//connect_timeout=3").connectTimeout())
                .hasSeconds(3);
        refused("ssh=db1//connect_timeout=0", "a whole number of seconds");
        refused("popen//connect_timeout=3", "'connect_timeout' is for workers of 'ssh'");
    }

    @Test
    void aJavaIsSentToOtherHostsOnly() {
        assertThat(GatewaySpec.of("ssh=db1//java=ship").shipsJava()).isTrue();
        assertThat(GatewaySpec.of("ssh=db1//java=/opt/ship").shipsJava()).isFalse();
        refused("popen//java=ship", "java=ship is for workers on other hosts");
    }

    @Test
    void howLongSilenceIsBorne() {
        assertThat(GatewaySpec.of("ssh=db1//silence_limit=30").silenceLimit()).hasValue(Duration.ofSeconds(30));
        assertThat(GatewaySpec.of("ssh=db1").silenceLimit()).isEmpty();
        assertThat(GatewaySpec.of("docker=web//orphan_timeout=10").orphanTimeout())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(GatewaySpec.of("ssh=db1").orphanTimeout()).isEqualTo(Duration.ofMinutes(2));
        refused("ssh=db1//silence_limit=9", "a whole number of seconds from 10");
        refused("popen//silence_limit=30", "'silence_limit' is for workers of execnet4j's own on other hosts");
        refused("ssh=db1//python=python3//bootstrap=execnet//orphan_timeout=30", "'orphan_timeout' is for workers");
    }

    @Test
    @DisplayName("X05 vagrant_ssh names a machine of vagrant")
    void vagrant() {
        assertThat(GatewaySpec.of("vagrant_ssh=default").vagrantSsh()).containsExactly("default");
        assertThat(GatewaySpec.of("popen").vagrantSsh()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            command=srun -Q -u -n1            | srun -Q -u -n1                            | srun
            docker=web                        | docker exec -i web                        | web
            docker=-u 'a b' web               | docker exec -i -u a b web                 | web
            podman=web                        | podman exec -i web                        | web
            kubectl=web-0                     | kubectl exec -i web-0 --                  | web-0
            kubectl=-n staging web-0/app      | kubectl exec -i -n staging web-0 -c app --| web-0/app
            """)
    void waysToAShellElsewhere(String text, String words, String place) {
        ShellCommand command = GatewaySpec.of(text).shellCommand().orElseThrow();
        assertThat(String.join(" ", command.words())).isEqualTo(words);
        assertThat(command.place()).isEqualTo(place);
        assertThat(GatewaySpec.of(text).popen()).isFalse();
        assertThat(GatewaySpec.of(text).sameFilesystem()).isFalse();
    }

    @Test
    void oneWayToAWorkerIsEnough() {
        assertThat(GatewaySpec.of("popen").shellCommand()).isEmpty();
        refused("popen//docker=web", "the keys 'popen' and 'docker' each say where to start the worker");
        refused("command='open", "a single quote is left open");
        refused("podman= ", "there is nothing but blanks");
    }

    @Test
    @DisplayName("X08 the files are the same for popen without chdir")
    void sameFilesystem() {
        assertThat(GatewaySpec.of("popen").sameFilesystem()).isTrue();
        assertThat(GatewaySpec.of("popen//chdir=work").sameFilesystem()).isFalse();
    }

    @Test
    @DisplayName("X09 the original text is kept")
    void keepsText() {
        String text = "id=x//popen//env:A=b////c";
        assertThat(GatewaySpec.of(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"popen//popen", "popen//id=a//id=a", "popen//env:A=1//env:A=2"})
    @DisplayName("X10 a key given twice is refused")
    void refusesTwice(String text) {
        refused(text, "stands twice");
    }

    @ParameterizedTest
    @CsvSource({
        "popen//chdri=x, chdir",
        "Popen, popen",
        "popen//niceness=3, nice",
        "popen//evn:A=b, env",
        "popen//jmv:x=-ea, jvm",
        "popen//exec_model=thread, execmodel"
    })
    @DisplayName("X11 an unknown key is refused, the nearest known one in the message")
    void refusesUnknown(String text, String nearest) {
        refused(text, "did you mean '" + nearest + "'?");
        assertThatThrownBy(() -> GatewaySpec.of(text))
                .hasMessageEndingWith("'?")
                .hasMessageNotContaining("the keys are");
    }

    @Test
    @DisplayName("X11 for a key that is like no other all are listed")
    void listsKeys() {
        assertThatThrownBy(() -> GatewaySpec.of("popen//frobnicate=1"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(
                        "popen, socket=..., installvia=..., dialled=..., ssh=..., vagrant_ssh=..., command=..., docker=..., podman=..., kubectl=..., ssh_config=..., via=..., connect_timeout=..., silence_limit=..., orphan_timeout=..., token_file=..., pin=..., id=..., java=..., python=..., bootstrap=..., chdir=..., nice=..., env:NAME=..., execmodel=...")
                .hasMessageNotContaining("did you mean");
    }

    @Test
    @DisplayName("X12 the string form shows the spec")
    void stringForm() {
        assertThat(GatewaySpec.of("popen//nice=3")).hasToString("popen//nice=3");
    }

    @Test
    @DisplayName("X13 equality and hash are by text")
    void equality() {
        assertThat(GatewaySpec.of("popen//nice=3"))
                .isEqualTo(GatewaySpec.of("popen//nice=3"))
                .hasSameHashCodeAs(GatewaySpec.of("popen//nice=3"))
                .isNotEqualTo(GatewaySpec.of("nice=3//popen"))
                .isNotEqualTo("popen//nice=3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "id=x", "chdir=popen"})
    @DisplayName("X14 a spec without a transport is refused, saying how to write one")
    void refusesWithoutTransport(String text) {
        refused(text, "write 'popen' for a process on this machine");
    }

    @Test
    void jvmOptionsKeepTheirOrder() {
        assertThat(GatewaySpec.of("popen//jvm:z=-Xmx64m//jvm=-ea//jvm:a=-Dgreeting=good day")
                        .jvmOptions())
                .containsExactly("-Xmx64m", "-ea", "-Dgreeting=good day");
        refused("popen//jvm=-ea//jvm=-esa", "write jvm:NAME=... for one more option");
        refused("popen//jvm=Main", "starts with '-'");
    }

    @Test
    void stdoutIsForwardedOrDropped() {
        assertThat(GatewaySpec.of("popen//stdout=forward").forwardsStdout()).isTrue();
        assertThat(GatewaySpec.of("popen//stdout=null").forwardsStdout()).isFalse();
        refused("popen//stdout=file", "one of forward, null");
    }

    @ParameterizedTest
    @ValueSource(strings = {"popen//nice=fast", "popen//nice=1.5", "popen//nice=20", "popen//nice=-21"})
    void refusesBadNumbers(String text) {
        refused(text, "from -20 (more urgent) to 19 (less urgent)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"popen//id=", "popen//chdir=", "popen//jvm=", "popen//nice=", "popen//java="})
    void refusesEmptyValues(String text) {
        refused(text, "needs a value");
    }

    @Test
    void refusesWrongForms() {
        refused("popen=java", "should be written as popen");
        refused("popen//id", "should be written as id=...");
        refused("popen//id:x=y", "should be written as id=...");
        refused("popen//", "key missing");
        refused("//popen", "key missing");
        refused("popen//id=a b", "no blanks");
        refused("popen//chdir=a\0b", "NUL");
    }

    @ParameterizedTest
    @CsvSource({
        "popen//chdir=/tmp///nice=5, /tmp/",
        "popen//chdir=a////b, a//b",
        "popen//chdir=file://///b, file:///b",
        "popen//chdir=a//////nice=5, a//",
        "popen//chdir=///////nice=5, ///",
        "popen//chdir=a////////b, a////b"
    })
    void aDoubleSlashInsideAValueIsWrittenTwice(String text, String chdir) {
        assertThat(GatewaySpec.of(text).chdir()).hasValue(chdir);
    }

    @Property
    void anyIdSurvivesTheText(@ForAll @StringLength(min = 1, max = 12) @CharRange(from = '-', to = '=') String id) {
        GatewaySpec spec = GatewaySpec.of("popen//id=first//nice=5").withId(id);
        assertThat(GatewaySpec.of(spec.text()).id()).hasValue(id);
        assertThat(spec.nice()).hasValue(5);
    }

    @Test
    void withIdAddsOrReplaces() {
        assertThat(GatewaySpec.of("popen").withId("gw0").text()).isEqualTo("popen//id=gw0");
        assertThat(GatewaySpec.of("id=a//popen").withId("gw0").text()).isEqualTo("id=gw0//popen");
        assertThatThrownBy(() -> GatewaySpec.of("popen").withId("")).isInstanceOf(SpecException.class);
    }

    @Test
    void expandsACount() {
        assertThat(GatewaySpec.expand("3*popen//nice=5"))
                .isEqualTo(List.of(
                        GatewaySpec.of("popen//nice=5"),
                        GatewaySpec.of("popen//nice=5"),
                        GatewaySpec.of("popen//nice=5")));
        assertThat(GatewaySpec.expand("popen//id=x")).containsExactly(GatewaySpec.of("popen//id=x"));
        assertThat(GatewaySpec.expand("1*popen//id=x")).containsExactly(GatewaySpec.of("popen//id=x"));
    }

    @ParameterizedTest
    @CsvSource({
        "0*popen, from 1 to 1024",
        "1025*popen, from 1 to 1024",
        "2*popen//id=x, cannot share one id",
        "2*, write 'popen'",
        "-1*popen, there is no key",
        "2*3*popen, stands for several"
    })
    void refusesBadCounts(String text, String reason) {
        assertThatThrownBy(() -> GatewaySpec.expand(text))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aCountIsRefusedWhereOneSpecIsWanted() {
        refused("4*popen", "one is wanted here");
    }

    private static void refused(String text, String reason) {
        assertThatThrownBy(() -> GatewaySpec.of(text))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void anAddressHasAPortThatExistsAndPlainExecnetThereIsAPython() {
        assertThat(GatewaySpec.of("socket=[::1]:8888").socket()).hasValue(new HostAndPort("::1", 8888));
        for (String wrong : List.of("socket=here:0", "socket=here:70000", "socket=here", "socket=:1")) {
            assertThatThrownBy(() -> GatewaySpec.of(wrong))
                    .isInstanceOf(SpecException.class)
                    .hasMessageContaining("port");
        }
        assertThatThrownBy(() -> GatewaySpec.of("socket=here:1//bootstrap=execnet//execmodel=virtual"))
                .isInstanceOf(SpecException.class)
                .hasMessageContaining("virtual threads");
    }

    @Test
    void viaNamesAnotherGatewayAndTakesTheWorkerAwayFromHere() {
        GatewaySpec spec = GatewaySpec.of("popen//via=host//id=x");

        assertThat(spec.via()).hasValue("host");
        assertThat(spec.popen()).isFalse();
        assertThat(spec.sameFilesystem()).isFalse();
        assertThat(GatewaySpec.of("popen").via()).isEmpty();
        refused("popen//via=x//id=x", "a gateway cannot go through itself");
        refused("socket=here:1//via=x", "leave 'via' away");
        refused("via=x", "nothing says where to start a worker");
        refused("popen//via=a b", "no blanks");
    }

    @Test
    void aServerOfOursIsKnownByAPinAndGivesWorkersOfAnyKind() {
        String digits = "0123456789abcdef".repeat(4);
        GatewaySpec spec =
                GatewaySpec.of("socket=db1:99//pin=sha256:" + digits + "//token_file=t//python=python3//chdir=x");
        assertThat(spec.pin()).hasValue("sha256:" + digits);
        assertThat(spec.tokenFile()).hasValue("t");
        assertThat(spec.plainExecnet()).isFalse();
        refused("socket=db1:99//pin=sha256:12", "64 hexadecimal digits");
        refused("popen//pin=f", "the key 'pin' is for workers of 'socket'");
        refused("ssh=db1//token_file=f", "the key 'token_file' is for workers of 'socket'");
        refused("installvia=a//via=b", "leave 'via' away");
        refused("installvia=a//id=a", "cannot go through itself");
        assertThat(GatewaySpec.of("installvia=a//python=python3").via()).hasValue("a");
        refused("socket", "socket=HOST:PORT, or as socket//installvia=ID");
        refused("socket=db1:99//installvia=a", "each say where to start the worker");
        GatewaySpec stock = GatewaySpec.of("socket//installvia=a//id=b");
        assertThat(stock.via()).hasValue("a");
        assertThat(stock.installVia()).isTrue();
        assertThat(stock.socket()).isEmpty();
        assertThat(stock.withId("c")).hasToString("socket//installvia=a//id=c");
        refused("socket=db1:99//bootstrap=execnet//chdir=x", "the key 'chdir' says how a process");
    }
}
