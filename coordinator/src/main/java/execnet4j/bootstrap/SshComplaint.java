package execnet4j.bootstrap;

import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.WorkerDiagnosis;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What ssh says when it does not come through, and what it means; the first that fits. Its messages are in no other language.
 */
enum SshComplaint {
    NO_NAME("ssh: Could not resolve hostname", Stage.CONNECT, true, "there is no host of that name"),
    NO_ANSWER("ssh: connect .* timed out", Stage.CONNECT, true, "the host does not answer"),
    NO_WAY("ssh: connect .* No route to host", Stage.CONNECT, true, "the host cannot be reached"),
    NO_NET("ssh: connect .* Network is unreachable", Stage.CONNECT, true, "the host's network cannot be reached"),
    DOWN("ssh: connect .* Host is down", Stage.CONNECT, true, "the host does not answer"),
    REFUSED(
            "ssh: connect .* Connection refused",
            Stage.CONNECT,
            false,
            "the host refuses the connection: no ssh server listens at that port"),
    CHANGED(
            "REMOTE HOST IDENTIFICATION HAS CHANGED",
            Stage.AUTHENTICATE,
            false,
            "the host's key is not the known one; make sure that it is the host you mean, then correct your known_hosts"),
    UNKNOWN_KEY(
            "Host key verification failed",
            Stage.AUTHENTICATE,
            false,
            "the host's key is not known; connect once with ssh by hand to accept it"),
    DENIED(
            "Permission denied",
            Stage.AUTHENTICATE,
            false,
            "the host does not accept who we are; ssh may not ask for a password or pass phrase here: load the key into"
                    + " ssh-agent (ssh-add), or name one with -i"),
    TOO_MANY(
            "Too many authentication failures",
            Stage.AUTHENTICATE,
            false,
            "the host was offered too many keys; name the one with -i and -o IdentitiesOnly=yes"),
    NO_BANNER(
            "during banner exchange",
            Stage.CONNECT,
            false,
            "something listens there, but no ssh server speaks; it hangs, or is a server of another kind"),
    NO_NAME_BEYOND(
            "open failed: connect failed: .*(not known|name resolution)",
            Stage.CONNECT,
            true,
            "the jump host finds no host of that name"),
    NO_ANSWER_BEYOND(
            "open failed: connect failed: .*(timed out|No route to host|unreachable)",
            Stage.CONNECT,
            true,
            "the host does not answer the jump host"),
    NOT_BEYOND("stdio forwarding failed", Stage.CONNECT, false, "the jump host could not get there"),
    CLOSED("Connection closed by", Stage.CONNECT, false, "the host closed the connection"),
    RESET("Connection reset by", Stage.CONNECT, false, "the host closed the connection"),
    NOT_SSH(
            "kex_exchange_identification",
            Stage.CONNECT,
            false,
            "what listens there does not speak as an ssh server does");

    /** What ssh returns for every failure of its own. */
    private static final int FAILED = 255;

    private final Pattern said;
    private final Stage stage;
    private final boolean noHost;
    private final String meaning;

    SshComplaint(String said, Stage stage, boolean noHost, String meaning) {
        this.said = Pattern.compile(said);
        this.stage = stage;
        this.noHost = noHost;
        this.meaning = meaning;
    }

    /**
     * Why there is no shell although ssh had connected. What the host prints may look like a complaint then, and any status
     * may be the host's.
     */
    static FarFailure ofConnected(FarFailure failure, WorkerDiagnosis diagnosis) {
        FarFailure why = of(failure, diagnosis);
        return why.stage() == Stage.INTERPRETER || why == failure
                ? why
                : new FarFailure(
                        Stage.CONNECT, "ssh had connected, but then the connection was lost or the host's shell ended");
    }

    /** Why there is no shell, from how ssh ended; the failure itself if that does not tell more. */
    static FarFailure of(FarFailure failure, WorkerDiagnosis diagnosis) {
        if (diagnosis.exitStatus().isEmpty()) {
            return failure;
        }
        int status = diagnosis.exitStatus().getAsInt();
        if (Launch.NO_COMMAND.contains(status)) {
            return new FarFailure(Stage.INTERPRETER, "there is no shell 'sh' that can be run there");
        }
        if (status != FAILED) {
            return failure;
        }
        List<String> lines = diagnosis.lastErrorLines();
        for (SshComplaint each : values()) {
            if (lines.stream().anyMatch(line -> each.said.matcher(line).find())) {
                return new FarFailure(each.stage, each.meaning, each.noHost, null);
            }
        }
        return new FarFailure(Stage.CONNECT, "ssh could not connect, or lost the connection");
    }
}
