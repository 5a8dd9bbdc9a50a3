package execnet4j.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import execnet4j.error.GatewayStartException.Stage;
import execnet4j.error.WorkerDiagnosis;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SshComplaintTest {
    private static final FarFailure FAILURE = new FarFailure(Stage.CONNECT, "it ended");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ssh: Could not resolve hostname db1: Name or service not known               | CONNECT      | true
            ssh: connect to host db1 port 22: Connection timed out                       | CONNECT      | true
            ssh: connect to host db1 port 22: Operation timed out                        | CONNECT      | true
            Connection timed out during banner exchange                                  | CONNECT      | false
            channel 0: open failed: connect failed: Name or service not known            | CONNECT      | true
            channel 0: open failed: connect failed: Connection timed out                 | CONNECT      | true
            channel 0: open failed: connect failed: Connection refused                   | CONNECT      | false
            stdio forwarding failed                                                      | CONNECT      | false
            Connection timed out                                                         | CONNECT      | false
            Could not resolve hostname, says a greeting                                  | CONNECT      | false
            ssh: connect to host db1 port 22: No route to host                           | CONNECT      | true
            ssh: connect to host db1 port 22: Network is unreachable                     | CONNECT      | true
            ssh: connect to host db1 port 22: Connection refused                         | CONNECT      | false
            me@db1: Permission denied (publickey,password).                              | AUTHENTICATE | false
            Received disconnect from 10.0.0.1 port 22:2: Too many authentication failures | AUTHENTICATE | false
            Host key verification failed.                                                | AUTHENTICATE | false
            kex_exchange_identification: Connection closed by remote host                | CONNECT      | false
            something that nobody has thought of                                         | CONNECT      | false
            """)
    void whatSshMeans(String line, Stage stage, boolean noHost) {
        FarFailure known = SshComplaint.of(FAILURE, diagnosis(OptionalInt.of(255), "a banner", line));
        assertThat(known.stage()).isEqualTo(stage);
        assertThat(known.isNoHost()).isEqualTo(noHost);
        assertThat(known.why()).isNotEqualTo(FAILURE.why());
    }

    @Test
    void whatIsNoFailureOfSshIsLeftAsItIs() {
        assertThat(SshComplaint.of(FAILURE, diagnosis(OptionalInt.of(1), "Permission denied")))
                .isSameAs(FAILURE);
        assertThat(SshComplaint.of(FAILURE, diagnosis(OptionalInt.empty()))).isSameAs(FAILURE);
        assertThat(SshComplaint.of(FAILURE, diagnosis(OptionalInt.of(127))).stage())
                .isEqualTo(Stage.INTERPRETER);
    }

    @Test
    void aHostThatLetUsInIsThereWhateverItPrints() {
        FarFailure why = SshComplaint.ofConnected(
                FAILURE,
                diagnosis(
                        OptionalInt.of(255),
                        "ssh: connect to host db1 port 22: Connection timed out",
                        "Permission denied"));
        assertThat(why.isNoHost()).isFalse();
        assertThat(why.stage()).isEqualTo(Stage.CONNECT);
        assertThat(why.why()).contains("had connected");
    }

    private static WorkerDiagnosis diagnosis(OptionalInt status, String... lines) {
        return new WorkerDiagnosis("db1", List.of("ssh"), "ssh db1", status, List.of(lines));
    }
}
