package execnet4j.worker;

import execnet4j.protocol.ExitStatus;
import execnet4j.protocol.Offer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The main program of a JVM worker. */
public final class WorkerMain {
    private WorkerMain() {}

    /**
     * Serves one coordinator until that is gone.
     *
     * @param args none
     * @throws IOException if the first line cannot be answered
     */
    public static void main(String[] args) throws IOException {
        serve(ProtocolStreams.input(), ProtocolStreams.output());
    }

    private static void serve(InputStream in, OutputStream out) throws IOException {
        String line;
        try {
            line = readLine(in);
        } catch (IOException e) {
            refuse(e);
            return;
        }
        boolean isOffer = Offer.isOffer(line);
        Offer offer = Offer.of(line);
        TaskThreads model;
        try {
            model = TaskThreads.of(offer.execModel());
        } catch (IllegalArgumentException e) {
            refuse(e);
            return;
        }
        Greeting.say(out, offer, isOffer);
        TaskOutput.install();
        WorkerHost worker = new WorkerHost(in, out, offer, offer.settings(isOffer), model);
        worker.start();
        worker.runner().serveMainThread();
    }

    private static void refuse(Exception why) {
        System.err.println("execnet4j: " + why.getMessage());
        System.exit(ExitStatus.UNUSABLE);
    }

    /** One byte at a time: what follows the line is not ours to read ahead. */
    private static String readLine(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int each = in.read(); each != '\n'; each = in.read()) {
            if (each < 0) {
                throw new IOException("the coordinator went away before it said a word");
            }
            if (line.size() >= Offer.MAX_LINE) {
                throw new IOException("the coordinator's first line is longer than " + Offer.MAX_LINE + " bytes");
            }
            line.write(each);
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
