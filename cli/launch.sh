# Sourced by scripts, with $root (the top folder), $name (for messages) and $module (the module to run): builds on first
# use and when sources have changed, and sets $java and $app (the folder of all jars). Writes to standard error alone and reads
# nothing.
# shellcheck shell=sh disable=SC2154

die() {
    printf '%s: %s\n' "$name" "$*" >&2
    exit 1
}

out=$root/$module/target/launch
app=$out/app
# One for all modules: they build the kernel and the coordinator in the same place.
lock=$root/cli/target/launch.lock

if [ -n "${JAVA_HOME-}" ]; then
    java=$JAVA_HOME/bin/java
    [ -x "$java" ] || die "there is no java in JAVA_HOME ($JAVA_HOME); set it to a JDK of at least 17, or unset it"
else
    java=$(command -v java) || die "java is not on PATH; install a JDK of at least 17, or set JAVA_HOME"
fi

java_property() {
    "$java" -XshowSettings:properties -version 2>&1 | sed -n "s/^ *$1 = //p"
}

check_java() {
    release=$(java_property java.specification.version)
    case $release in
        1.* | '' | *[!0-9]*) ;;
        *) [ "$release" -lt 17 ] || return 0 ;;
    esac
    die "$java is Java ${release:-of an unknown version}, and 17 is the least; put a newer one on PATH or set JAVA_HOME"
}

is_built() {
    [ -f "$app/stamp" ] || return 1
    # Directories count too: a deleted file leaves its mark on them.
    newer=$(cd "$root" && find pom.xml kernel/pom.xml coordinator/pom.xml "$module/pom.xml" \
        kernel/src/main coordinator/src/main "$module/src/main" -newer "$app/stamp") || return 1
    [ -z "$newer" ]
}

# One build at a time. The lock is a file with its holder's pid from the start, by linking; a holder that died is no obstacle.
take_lock() {
    mkdir -p "$root/cli/target" || exit 1
    mine=$lock.$$
    trap 'rm -f "$mine"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    echo $$ >"$mine" || exit 1
    waited=0
    until ln "$mine" "$lock" 2>/dev/null; do
        holder=$(cat "$lock" 2>/dev/null)
        if [ -n "$holder" ] && ! kill -0 "$holder" 2>/dev/null; then
            break_lock "$holder"
            continue
        fi
        [ "$waited" != 3 ] || echo "$name: waiting for another build to end (process $holder, lock $lock) ..." >&2
        waited=$((waited + 1))
        sleep 1
    done
    trap 'rm -f "$mine" "$lock"' EXIT
}

# Of several that find a dead holder one takes its lock away; a lock that is another's by now is put back.
break_lock() {
    mv "$lock" "$mine.broken" 2>/dev/null || return
    [ "$(cat "$mine.broken")" = "$1" ] || ln "$mine.broken" "$lock" 2>/dev/null
    rm -f "$mine.broken"
}

run_maven() {
    # Goals by name, not the life cycle: what tests and checks need is not even downloaded.
    (cd "$root" && JAVA_HOME=$home mvn -q -Dstyle.color=never -Prun -Dexecnet4j.target=target/launch \
        -pl "kernel,coordinator,$module" \
        resources:resources compiler:compile jar:jar dependency:copy-dependencies -DincludeScope=runtime) \
        </dev/null >"$out/build.log" 2>&1
}

build() {
    check_java
    home=$(java_property java.home)
    [ -x "$home/bin/javac" ] || die "$home has no javac; building needs a JDK of at least 17, not only a JRE"
    command -v mvn >/dev/null 2>&1 || die "building needs Maven: there is no mvn on PATH"
    if [ -d "$app" ]; then
        echo "$name: sources have changed; building again, some ten seconds ..." >&2
    else
        echo "$name: first use; building, half a minute, and some more while Maven downloads ..." >&2
    fi
    mkdir -p "$out" || exit 1
    rm -rf "$out/app.new" "$out/dependency" "$out"/*.jar
    mkdir "$out/app.new" && : >"$out/app.new/stamp" || exit 1
    if ! run_maven; then
        cat "$out/build.log" >&2
        die "the build failed; the lines above say why (they are kept in $out/build.log)"
    fi
    # Whole jars come in by renaming: what runs from the old ones keeps them.
    cp "$out"/*.jar "$out"/dependency/*.jar "$out/app.new/" && rm -rf "$app" && mv "$out/app.new" "$app" || exit 1
}

if ! is_built; then
    take_lock
    is_built || build
    rm -f "$mine" "$lock"
    trap - EXIT INT TERM
fi

# Asking a java for its version takes longer than all else here: each is asked once.
if ! grep -qsxF "$java" "$app/java"; then
    check_java
    echo "$java" >>"$app/java"
fi
