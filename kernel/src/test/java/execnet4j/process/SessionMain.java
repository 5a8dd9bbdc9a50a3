package execnet4j.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * A program that starts processes as a task may, prints their ids in one line, waits for a line and then ends them as a
 * worker does. If that line is {@code fork}, one of them is then starting many others.
 */
final class SessionMain {
    private SessionMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Process child = new ProcessBuilder("sleep", "600").start();
        long orphan = startedBy("sleep 600 >/dev/null 2>&1 & echo $!");
        long stranger = startedBy("setsid sleep 600 >/dev/null 2>&1 & echo $!");
        System.out.println(child.pid() + " " + orphan + " " + stranger);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        if ("fork".equals(in.readLine())) {
            Process forking =
                    new ProcessBuilder("sh", "-c", "for i in $(seq 1000); do sleep 600 & done; echo all").start();
            forking.getErrorStream().close();
        }
        SessionProcesses.killOwn();
        System.out.println("done");
    }

    /** A shell that ends at once, and leaves behind the process whose id it prints. */
    private static long startedBy(String script) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("sh", "-c", script).start();
        String pid = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        shell.waitFor();
        return Long.parseLong(pid);
    }
}
