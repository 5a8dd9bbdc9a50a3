package execnet4j.live.programs;

import execnet4j.Gateway;
import execnet4j.Group;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** For each line of its input, a spec: whether a worker of it has mapped a file of the folder that is the argument. */
public final class ArchiveUser {
    private ArchiveUser() {}

    public static void main(String[] args) throws IOException {
        String folder = args[0];
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String spec = lines.readLine(); spec != null; spec = lines.readLine()) {
            try (Group group = Group.builder()
                    .outputListener((id, line) -> System.out.println("printed: " + line))
                    .build()) {
                Gateway worker = group.makeGateway(spec);
                Object maps = worker.remoteExec(channel -> channel.send(Files.readString(Path.of("/proc/self/maps"))))
                        .receive();
                System.out.println(String.valueOf(maps).contains(folder) ? "with" : "without");
            }
            System.out.println("done");
        }
    }
}
