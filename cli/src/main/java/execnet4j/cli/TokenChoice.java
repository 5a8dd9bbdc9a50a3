package execnet4j.cli;

import execnet4j.link.PrivateFolder;
import execnet4j.link.Token;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a token comes from: an option, else the environment, else the file that is kept for the user. */
record TokenChoice(@Nullable Path file, @Nullable String fromEnvironment) {
    static TokenChoice of(@Nullable Path option) throws IOException {
        String given = System.getenv(Token.VARIABLE);
        if (option == null && given != null) {
            return new TokenChoice(null, given);
        }
        return new TokenChoice(option == null ? Token.fileKeptIn(PrivateFolder.ofUser()) : option, null);
    }

    /** For users; never the token itself. */
    @Override
    public String toString() {
        return file == null ? "token from " + Token.VARIABLE : "token in " + file.toAbsolutePath();
    }
}
