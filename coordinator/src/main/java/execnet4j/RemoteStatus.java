package execnet4j;

import execnet4j.error.DataFormatException;
import execnet4j.text.HarmlessText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How busy a worker is.
 *
 * @param channels open channels at its end
 * @param executing tasks that run or are about to
 * @param execModel on which threads it runs them, by the name in specs
 */
public record RemoteStatus(int channels, int executing, String execModel) {
    static RemoteStatus of(@Nullable Map<?, ?> answer) {
        if (answer != null
                && answer.get("numchannels") instanceof Integer channels
                && answer.get("numexecuting") instanceof Integer executing
                && answer.get("execmodel") instanceof String execModel) {
            return new RemoteStatus(channels, executing, HarmlessText.inShort(execModel));
        }
        throw new DataFormatException("a worker's status is not understood: " + HarmlessText.inShort(answer));
    }
}
