package execnet4j.cli;

import execnet4j.Listener;
import picocli.CommandLine.Command;

/** {@code execnet4j worker-script}. */
@Command(
        name = "worker-script",
        description = {
            "Prints the Python program that goes to 'execnet4j map --listen', or to a program's listener, and starts a Python"
                    + " worker for it. It needs Python 3.8 or newer and nothing else, and can lie on any host."
        },
        mixinStandardHelpOptions = true,
        footerHeading = "%nExample:%n",
        footer = {
            "  execnet4j worker-script >worker.py",
            "  EXECNET4J_TOKEN_FILE=token python3 worker.py 10.0.0.7 43210 sha256:3b1f..."
        })
final class WorkerScriptCommand implements Runnable {
    @Override
    public void run() {
        System.out.print(Listener.pythonScript());
        System.out.flush();
    }
}
