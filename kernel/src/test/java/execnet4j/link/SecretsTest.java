package execnet4j.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where tokens, pins and keys come from, and who may read them. */
class SecretsTest {
    @TempDir
    Path folder;

    @Test
    void aCertificateIsMadeOnceForItsOwnerAlone() throws IOException {
        Path kept = folder.resolve("a/kept");
        Pin pin = Identity.keptIn(kept).pin();
        assertThat(Identity.keptIn(kept).pin()).isEqualTo(pin);
        assertThat(permissions(kept)).isEqualTo("rwx------");
        assertThat(permissions(kept.resolve("identity.p12"))).isEqualTo("rw-------");
        assertThat(kept).isDirectoryNotContaining("glob:**new*");
        assertThatThrownBy(() -> Identity.ofFile(kept.resolve("identity.p12"), "wrong"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("identity.p12");
    }

    @Test
    void aFolderThatOthersMayEnterKeepsNoSecrets() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThatThrownBy(() -> Identity.keptIn(open)).hasMessageContaining("chmod 700");
        assertThatThrownBy(() -> Token.fileKeptIn(open)).hasMessageContaining("chmod 700");
        assertThat(open).isEmptyDirectory();
    }

    @Test
    void aTokenIsMadeOnceForItsOwnerAlone() throws IOException {
        Path file = Token.fileKeptIn(folder.resolve("kept"));
        String token = Files.readString(file);
        assertThat(token.strip()).hasSize(64);
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(Files.readString(Token.fileKeptIn(folder.resolve("kept")))).isEqualTo(token);
        assertThat(Token.ofFile(file).proof("x")).isEqualTo(Token.of(token).proof("x"));
    }

    @Test
    void aTokenThatOthersMayReadIsNone() throws IOException {
        Path file = Token.fileKeptIn(folder.resolve("kept"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        assertThatThrownBy(() -> Token.ofFile(file)).hasMessageContaining("chmod 600");
        assertThatThrownBy(() -> Token.of("fifteen letters")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPinIsTextOrAFile() throws IOException {
        String text = "sha256:" + "0a".repeat(32);
        Path file = Files.writeString(folder.resolve("pin"), text + "\n");
        assertThat(Pin.of(text)).isEqualTo(Pin.of(file.toString()));
        assertThat(Pin.of("sha256:" + "0A:".repeat(31) + "0A")).hasToString(text);
        assertThatThrownBy(() -> Pin.of("sha256:12")).hasMessageContaining("64 hexadecimal digits");
        assertThatThrownBy(() -> Pin.of(folder + "/none")).hasMessageContaining("there is no file");
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
