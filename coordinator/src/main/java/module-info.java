/** The coordinator's side: what a program that uses execnet4j depends on. */
module execnet4j {
    requires transitive execnet4j.kernel;
    requires static transitive org.jspecify;
    requires static com.google.errorprone.annotations;

    exports execnet4j.pool;
    exports execnet4j.spec;
}
