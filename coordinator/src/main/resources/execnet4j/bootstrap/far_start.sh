#!/bin/sh
# Starts a worker where nothing is installed. The coordinator writes this text to a shell there, without its comments; then
# settings, and a function "main" of calls to these functions, and its call. It sends nothing more until it is asked to, as
# some shells read ahead. Settings: mark and mark2 (one word in two parts that begins each line to the coordinator; in two,
# so that this text is no such line, should something print it), kind, known_java (which is looked at first), directory,
# output, jar_name, jar_size, and for java=ship runtime_hash, runtime_size, runtime_platform.
# shellcheck disable=SC2154,SC2034

# What is said to the coordinator; standard output is the worker's later.
say() {
    printf '%s%s %s\n' "$mark" "$mark2" "$*" >&4
}

# fail STAGE WHY: the coordinator makes an exception of it.
fail() {
    say "fail $*"
    exit 69
}

# A relative directory that is missing is made, as on the coordinator's own machine.
enter() {
    [ -n "$directory" ] || return 0
    case $directory in
        /*) at=$directory ;;
        *)
            at=./$directory
            [ -e "$at" ] || why=$(mkdir -p "$at" 2>&1) || fail spawn "chdir=$directory cannot be made: $why"
            ;;
    esac
    [ -e "$at" ] || fail spawn "chdir=$directory does not exist there"
    cd "$at" || fail spawn "chdir=$directory cannot be entered"
}

# Whether it can be run, and is not known to be too old from the file that lies beside a Java.
is_java() {
    [ -f "$1" ] && [ -x "$1" ] || return 1
    real=$(readlink -f "$1" 2>/dev/null) || real=$1
    release=${real%/bin/java}/release
    [ -r "$release" ] || return 0
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release")
    [ "${version:-17}" -ge 17 ] && return 0
    too_old="$too_old; $1 is Java $version"
    return 1
}

find_java() {
    too_old=
    for java in "$known_java" "$(command -v java)" "${JAVA_HOME:-}/bin/java" /usr/lib/jvm/*/bin/java /usr/java/*/bin/java \
        /opt/*/bin/java /usr/local/*/bin/java /opt/homebrew/opt/openjdk/bin/java \
        /Library/Java/JavaVirtualMachines/*/Contents/Home/bin/java "${HOME:-}"/.sdkman/candidates/java/current/bin/java \
        "${HOME:-}"/.jdks/*/bin/java; do
        is_java "$java" && return
    done
    fail interpreter "there is no Java 17 or newer: none on the PATH ($PATH), none by JAVA_HOME (${JAVA_HOME:-not set})," \
        "none below /usr/lib/jvm, /usr/java, /opt, /usr/local, /Library/Java, ~/.sdkman, ~/.jdks$too_old"
}

is_whole() {
    [ -f "$jar" ] && [ "$(wc -c <"$jar")" -eq "$jar_size" ]
}

# has_hash HASH FILE: whether that is its SHA-256, as far as there is something here to find out with.
has_hash() {
    if command -v sha256sum >/dev/null 2>&1; then
        found=$(sha256sum <"$2")
    elif command -v shasum >/dev/null 2>&1; then
        found=$(shasum -a 256 <"$2")
    else
        return 0
    fi
    [ "${found%% *}" = "$1" ]
}

# take WHAT WHERE SIZE HASH FILE: has the coordinator send the jar or the runtime into the file. False if it answers that
# another connection has brought it meanwhile; it does not if that is for this worker alone.
take() {
    say "need $1 $2"
    IFS= read -r answer <&3 || {
        rm -rf "$5" "$new" "$passing"
        exit 69
    }
    [ "$answer" = "$1" ] || return
    head -c "$3" <&3 >"$5"
    [ "$(wc -c <"$5")" -eq "$3" ] && has_hash "$4" "$5" && return
    rm -rf "$5" "$new" "$passing"
    fail transfer "the $1 could not be stored as $5, or came damaged"
}

# Where the user's cache cannot be written: a directory that lives as long as the worker.
has_passing() {
    [ -n "$passing" ] || passing=$(mktemp -d "${TMPDIR:-/tmp}/execnet4j.XXXXXX" 2>/dev/null) ||
        fail transfer "neither $cache nor a directory in ${TMPDIR:-/tmp} can be written"
}

can_keep() {
    (umask 077 && mkdir -p "$cache") 2>/dev/null
}

have_jar() {
    jar=$cache/$jar_name
    while ! is_whole; do
        if can_keep && new=$(mktemp "$jar.XXXXXX" 2>/dev/null); then
            take jar shared "$jar_size" "${jar_name%.jar}" "$new" && mv -f "$new" "$jar"
            rm -f "$new"
        else
            has_passing
            jar=$passing/$jar_name
            take jar alone "$jar_size" "${jar_name%.jar}" "$jar"
        fi
    done
}

# What a Java runtime must be made for to run here.
platform() {
    libc=
    if getconf GNU_LIBC_VERSION >/dev/null 2>&1; then
        libc=' glibc'
    else
        for each in /lib/ld-musl-*; do
            [ -e "$each" ] && libc=' musl'
        done
    fi
    echo "$(uname -s) $(uname -m)$libc"
}

# unpack FILE DIRECTORY: the directory is there whole, or not.
unpack() {
    mkdir "$1.d" && tar -xzf "$1" -C "$1.d" && { [ -d "$2" ] || mv "$1.d" "$2"; } && [ -x "$2/bin/java" ] && return
    rm -rf "$new" "$passing"
    fail transfer "the Java runtime could not be unpacked as $2"
}

have_runtime() {
    here=$(platform)
    [ "$here" = "$runtime_platform" ] || fail interpreter "java=ship brings a Java for $runtime_platform, and there it is" \
        "$here; install a Java there, and leave java=ship away"
    command -v tar >/dev/null 2>&1 || fail interpreter "there is no tar, which java=ship needs there"
    runtime=$cache/$runtime_hash.runtime
    while [ ! -x "$runtime/bin/java" ]; do
        if can_keep && new=$(mktemp -d "$runtime.XXXXXX" 2>/dev/null); then
            take runtime shared "$runtime_size" "$runtime_hash" "$new/packed" && unpack "$new/packed" "$runtime"
            rm -rf "$new"
        else
            has_passing
            runtime=$passing/runtime
            take runtime alone "$runtime_size" "$runtime_hash" "$passing/packed"
            unpack "$passing/packed" "$runtime"
            rm -f "$passing/packed"
        fi
    done
    java=$runtime/bin/java
}

# Runs the worker, tells its exit status as this shell's, and ends what it has left in its session. Not in the
# background: what a shell starts there ignores Ctrl-C. The worker's process id comes through the pipe, then its status;
# the coordinator is told the number, too.
serve() {
    lead=
    command -v setsid >/dev/null 2>&1 && lead=setsid
    # by which the worker is known should it have to be killed
    export EXECNET4J_START="$mark$mark2"
    {
        # The inner shell's variables, and no word if there is no setsid.
        # shellcheck disable=SC2016,SC2086
        "worker_of_$kind" $lead sh -c 'echo $$ >&5; echo "$0 run $$" >&6; exec 5>&- 6>&-; exec "$@"' "$mark$mark2" "$@" \
            5>&1 6>&4
        echo $?
    } | {
        read -r worker
        read -r status
        kill -9 "-$worker" 2>/dev/null
        [ -z "$passing" ] || rm -rf "$passing"
        exit "${status:-70}"
    }
    exit
}

# The protocol is at 3 and 4 of a JVM worker, and at 0 and 1 of a Python, which moves it away itself.
worker_of_java() {
    if [ "$output" = null ]; then
        "$@" </dev/null >/dev/null
    else
        "$@" </dev/null >&2
    fi
}

worker_of_python() {
    "$@" <&3 >&4 3<&- 4>&-
}

# Descriptor 3 is what the coordinator sends, 4 what it reads.
begin() {
    passing=
    new=
    cache=${XDG_CACHE_HOME:-${HOME:-/nowhere}/.cache}/execnet4j
    exec 3<&0 4>&1 </dev/null >&2
    enter
}

# has_command KEY WORD: whether what the spec names can be run.
has_command() {
    command -v "$2" >/dev/null 2>&1 || fail interpreter "there is no $1 that can be run as $2 (PATH is $PATH)"
}
