/**
 * Every exception a user can meet, in one room. All are unchecked and extend {@link execnet4j.error.ExecnetException}.
 *
 * <p>What to catch: {@link execnet4j.error.RemoteTaskException} when the code in the worker failed,
 * {@link execnet4j.error.ChannelClosedException} when a stream is at its end (its subclass
 * {@link execnet4j.error.GatewayLostException} when that is because the worker is gone), and
 * {@link execnet4j.error.ChannelTimeoutException} when a {@link java.time.Duration} ran out.
 */
@NullMarked
package execnet4j.error;

import org.jspecify.annotations.NullMarked;
