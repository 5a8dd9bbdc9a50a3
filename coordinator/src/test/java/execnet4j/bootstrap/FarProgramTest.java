package execnet4j.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.spec.GatewaySpec;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FarProgramTest {
    private static final long SECONDS = 20;

    @TempDir
    Path folder;

    @Test
    void halfAKernelThatComesLeavesNothing() throws Exception {
        byte[] jar = KernelJar.current().content();
        FarProgram program = program("env:XDG_CACHE_HOME=" + folder);
        Process shell = shell();
        say(shell, program.text());
        assertThat(line(shell)).isEqualTo(program.mark() + " need jar shared");
        say(shell, "jar\n");
        shell.getOutputStream().write(Arrays.copyOf(jar, jar.length / 2));
        shell.getOutputStream().close();

        assertThat(shell.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isEqualTo(69);
        assertThat(folder.resolve("execnet4j")).isEmptyDirectory();
    }

    @Test
    void aKernelThatComesDamagedIsRefused() throws Exception {
        byte[] damaged = KernelJar.current().content().clone();
        damaged[damaged.length / 2]++;
        FarProgram program = program("env:XDG_CACHE_HOME=" + folder);
        Process shell = shell();
        say(shell, program.text());
        assertThat(line(shell)).isEqualTo(program.mark() + " need jar shared");
        say(shell, "jar\n");
        shell.getOutputStream().write(damaged);
        shell.getOutputStream().flush();

        assertThat(line(shell)).startsWith(program.mark() + " fail transfer ").contains("came damaged");
        assertThat(shell.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(folder.resolve("execnet4j")).isEmptyDirectory();
    }

    @Test
    void noAnswerAtAllLeavesNothing() throws Exception {
        Path scratch = Files.createDirectory(folder.resolve("scratch"));
        for (String keys :
                new String[] {"env:XDG_CACHE_HOME=" + folder, "env:XDG_CACHE_HOME=/proc/none//env:TMPDIR=" + scratch}) {
            Process shell = shell();
            say(shell, program(keys).text());
            assertThat(line(shell)).contains(" need ");
            shell.getOutputStream().close();
            assertThat(shell.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(scratch).isEmptyDirectory();
        assertThat(folder.resolve("execnet4j")).isEmptyDirectory();
    }

    @Test
    void aKernelThatIsNotWholeInTheCacheIsReplaced() throws Exception {
        KernelJar jar = KernelJar.current();
        Path kept = Files.createDirectories(folder.resolve("execnet4j")).resolve(jar.name());
        Files.write(kept, Arrays.copyOf(jar.content(), 1000));
        FarProgram program = program("env:XDG_CACHE_HOME=" + folder);
        Process shell = shell();
        say(shell, program.text());
        assertThat(line(shell)).isEqualTo(program.mark() + " need jar shared");
        say(shell, "look\n");
        assertThat(line(shell)).isEqualTo(program.mark() + " need jar shared");
        say(shell, "jar\n");
        shell.getOutputStream().write(jar.content());
        shell.getOutputStream().flush();
        assertThat(line(shell)).matches(program.mark() + " run [0-9]+");
        assertThat(kept).hasBinaryContent(jar.content());
        shell.getOutputStream().close();
        assertThat(shell.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void theTextItselfHoldsNoLineOfTheProgram() {
        FarProgram program = program("id=x");
        assertThat(program.text()).doesNotContain(program.mark());
        assertThat(program("id=x").mark()).isNotEqualTo(program.mark());
    }

    private static FarProgram program(String keys) {
        return FarProgram.of(GatewaySpec.of("command=env//" + keys), "", null);
    }

    private static Process shell() throws IOException {
        return new ProcessBuilder("sh")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static void say(Process shell, String text) throws IOException {
        OutputStream out = shell.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static String line(Process shell) throws IOException {
        StringBuilder line = new StringBuilder();
        InputStream in = shell.getInputStream();
        for (int each = in.read(); each >= 0 && each != '\n'; each = in.read()) {
            line.append((char) each);
        }
        return line.toString();
    }
}
