/** The command {@code execnet4j}. */
module execnet4j.cli {
    requires execnet4j;
    requires com.fasterxml.jackson.core;
    requires info.picocli;
    requires me.tongfei.progressbar;
    requires static org.jspecify;
    requires static com.google.errorprone.annotations;

    opens execnet4j.cli to
            info.picocli;
}
