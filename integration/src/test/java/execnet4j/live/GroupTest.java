package execnet4j.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import execnet4j.Execnet;
import execnet4j.Gateway;
import execnet4j.Group;
import execnet4j.error.SpecException;
import execnet4j.spec.GatewaySpec;
import java.time.Duration;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GroupTest {
    private final Group group = Group.builder().build();

    @AfterEach
    void end() {
        group.terminate(Duration.ofSeconds(5));
    }

    @Test
    @DisplayName("M08 a default spec that cannot be used fails when a gateway is made with it")
    void unusableDefault() {
        group.defaultSpec("no-such-transport");
        assertThat(group.defaultSpec()).isEqualTo("no-such-transport");

        assertThatThrownBy(group::makeGateway).isInstanceOf(SpecException.class);
        assertThat(group).isEmpty();
        group.defaultSpec("popen");
        assertThat(group.makeGateway().isAlive()).isTrue();
    }

    @Test
    @DisplayName(
            "M11 ids can be had before the gateways; the automatic ones count up; those that were asked for are kept")
    void ids() {
        GatewaySpec early = group.allocateId(GatewaySpec.of("popen"));
        GatewaySpec own = group.allocateId(GatewaySpec.of("popen//id=own"));
        assertThat(early.id()).hasValue("gw0");
        assertThat(own.id()).hasValue("own");

        group.makeGateway(GatewaySpec.of("popen//id=gw1"));
        group.makeGateway();
        group.makeGateway(early);
        group.makeGateway(own);

        assertThat(group).extracting(Gateway::id).containsExactly("gw1", "gw2", "gw0", "own");
    }

    @Test
    @DisplayName("M12 M10 look-up by id and place; an ended gateway is unknown and its id is free again")
    void lookUp() {
        Gateway one = group.makeGateway("popen//id=one");
        Gateway two = group.makeGateway();
        assertThat(group.get("one")).isSameAs(one);
        assertThat(group.get(1)).isSameAs(two);
        assertThat(group.size()).isEqualTo(2);
        assertThat(group.contains("one")).isTrue();
        assertThatThrownBy(() -> group.get("three"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("three");
        assertThatThrownBy(() -> group.get(2)).isInstanceOf(IndexOutOfBoundsException.class);

        one.exit();
        one.join(Duration.ofSeconds(10));

        assertThat(group.contains("one")).isFalse();
        assertThat(group.contains(one)).isFalse();
        assertThat(group.get(0)).isSameAs(two);
        assertThat(group.makeGateway("popen//id=one").id()).isEqualTo("one");
    }

    @Test
    @DisplayName("M13 Execnet's makeGateway uses the default group")
    void defaultGroup() {
        Gateway gateway = Execnet.makeGateway();
        try {
            assertThat(gateway.group()).isSameAs(Execnet.defaultGroup());
            assertThat(Execnet.defaultGroup().contains(gateway)).isTrue();
        } finally {
            Execnet.defaultGroup().terminate(Duration.ofSeconds(5));
        }
        assertThat(Execnet.defaultGroup()).isEmpty();
    }

    @Test
    @DisplayName("M04 G02 the execution model is each gateway's own, fixed by its spec")
    void executionModel() {
        Gateway threads = group.makeGateway("popen");
        Gateway mainThread = group.makeGateway("popen//execmodel=main_thread_only");

        assertThat(threads.remoteStatus().execModel()).isEqualTo("thread");
        assertThat(mainThread.remoteStatus().execModel()).isEqualTo("main_thread_only");
        assertThat(mainThread.toString()).contains("main_thread_only model");
    }

    @Test
    void aGroupStartsManySideBySideInTheirOrder() {
        try (Group many = Group.start("2*popen", "popen//id=named", "2*popen")) {
            assertThat(many).hasToString("<Group ['gw0', 'gw1', 'named', 'gw2', 'gw3']>");
        }
    }
}
