package execnet4j;

import execnet4j.protocol.WorkerInfo;

/**
 * What a worker is.
 *
 * @param pid its process id, on its own host
 * @param version of its language's runtime, such as {@code 17.0.15}
 * @param executable the program that runs it
 * @param platform operating system and processor, such as {@code Linux amd64}
 * @param cwd its working directory
 */
public record RemoteInfo(long pid, String version, String executable, String platform, String cwd) {
    static RemoteInfo of(WorkerInfo info) {
        return new RemoteInfo(info.pid(), info.version(), info.executable(), info.platform(), info.cwd());
    }
}
