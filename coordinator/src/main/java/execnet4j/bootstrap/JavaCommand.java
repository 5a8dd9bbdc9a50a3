package execnet4j.bootstrap;

import execnet4j.spec.GatewaySpec;
import execnet4j.text.HarmlessText;
import execnet4j.worker.JvmLaunch;
import execnet4j.worker.WorkerMain;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts a JVM worker on this machine. */
final class JavaCommand {
    /** How the protocol's descriptors become streams where the worker may not open them by name. It costs start-up time. */
    private static final String BY_DESCRIPTOR = "--add-opens=java.base/java.io=ALL-UNNAMED";

    private JavaCommand() {}

    static List<String> of(GatewaySpec spec, Path kernel) {
        List<String> words = new ArrayList<>(JvmLaunch.before(spec.forwardsStdout()));
        words.addAll(runtime(spec));
        if (spec.java().size() > 1) {
            // Such as "sudo -u somebody java": our pipes are no files of that user's.
            words.add(BY_DESCRIPTOR);
        }
        words.addAll(JvmLaunch.OPTIONS);
        ClassArchive archive = ClassArchive.of(spec);
        if (archive != null) {
            words.addAll(archive.jvmOptions());
        }
        words.addAll(spec.jvmOptions());
        words.addAll(List.of("-cp", kernel.toString(), WorkerMain.class.getName()));
        return words;
    }

    /** What a worker's JVM gets before its class path on another host, where its pipes may be sockets. */
    static List<String> options(GatewaySpec spec) {
        List<String> words = new ArrayList<>(List.of(BY_DESCRIPTOR));
        words.addAll(JvmLaunch.OPTIONS);
        words.addAll(spec.jvmOptions());
        return words;
    }

    /** What of it came from the user, for messages. */
    static String inShort(GatewaySpec spec) {
        List<String> words = new ArrayList<>(runtime(spec));
        words.addAll(spec.jvmOptions());
        words.add(WorkerMain.class.getName());
        return HarmlessText.inShort(String.join(" ", words));
    }

    private static List<String> runtime(GatewaySpec spec) {
        List<String> words = new ArrayList<>();
        spec.nice().ifPresent(nice -> words.addAll(List.of("nice", "-n", Integer.toString(nice))));
        words.addAll(java(spec));
        return words;
    }

    /** The java that the spec names, or else this process's own. */
    static List<String> java(GatewaySpec spec) {
        return spec.java().isEmpty() ? List.of(ownJava()) : spec.java();
    }

    /** The runtime that runs this process. */
    private static String ownJava() {
        return System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
    }
}
