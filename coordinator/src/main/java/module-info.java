/** Gateways, groups and code shipping: what a program uses to run code in workers. */
module execnet4j {
    requires transitive execnet4j.kernel;
    requires java.compiler;
    /* Its socket options are asked for by name. */
    requires jdk.net;
    requires jdk.unsupported;
    requires org.objectweb.asm;
    requires static transitive org.jspecify;
    requires static com.google.errorprone.annotations;

    provides execnet4j.worker.ForeignTasks with
            execnet4j.foreign.StockTasks;

    exports execnet4j;
    exports execnet4j.pool;
    exports execnet4j.spec;
}
