/** What runs at both ends of a gateway: frames, values, channels and the worker's main program. */
module execnet4j.kernel {
    requires static transitive org.jspecify;
    requires static com.google.errorprone.annotations;

    uses execnet4j.worker.ForeignTasks;

    exports execnet4j.error;
    exports execnet4j.serial;
    exports execnet4j.channel;
    exports execnet4j.serve;
    exports execnet4j.text to
            execnet4j,
            execnet4j.cli;
    exports execnet4j.concurrent to
            execnet4j;
    exports execnet4j.link to
            execnet4j,
            execnet4j.cli;
    exports execnet4j.process to
            execnet4j;
    exports execnet4j.wire to
            execnet4j;
    exports execnet4j.protocol to
            execnet4j;
    exports execnet4j.worker to
            execnet4j;
}
