#!/bin/sh
# Starts a worker where nothing is installed. The coordinator writes this text to a shell there, without its comments; then
# settings, and a function "main" of calls to these functions, and its call. It sends nothing more until it is asked to, as
# some shells read ahead. Settings: mark and mark2 (one word in two parts that begins each line to the coordinator; in two,
# so that this text is no such line, should something print it), kind, known_java (which is looked at first), directory, output, jar_name, jar_size.
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

# Has the coordinator send the jar into the file $2, which then gets its name at once, or goes. The coordinator may answer
# that another connection has brought it meanwhile; but not if the jar is for this worker alone, $1.
take_jar() {
    say "need $1"
    IFS= read -r answer <&3 || {
        rm -rf "$2" "$passing"
        exit 69
    }
    [ "$answer" = jar ] || return
    head -c "$jar_size" <&3 >"$2"
    [ "$(wc -c <"$2")" -eq "$jar_size" ] && mv -f "$2" "$jar" && return
    rm -rf "$2" "$passing"
    fail transfer "the kernel could not be stored as $jar"
}

# In the user's cache or, where that cannot be written, in a directory that lives as long as the worker.
have_jar() {
    cache=${XDG_CACHE_HOME:-${HOME:-/nowhere}/.cache}/execnet4j
    jar=$cache/$jar_name
    while ! is_whole; do
        if (umask 077 && mkdir -p "$cache") 2>/dev/null && new=$(mktemp "$jar.XXXXXX" 2>/dev/null); then
            take_jar shared "$new"
            rm -f "$new"
        elif passing=$(mktemp -d "${TMPDIR:-/tmp}/execnet4j.XXXXXX" 2>/dev/null); then
            jar=$passing/$jar_name
            take_jar alone "$passing/new"
        else
            fail transfer "neither $cache nor a directory in ${TMPDIR:-/tmp} can be written"
        fi
    done
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
    exec 3<&0 4>&1 </dev/null >&2
    enter
}

# has_command KEY WORD: whether what the spec names can be run.
has_command() {
    command -v "$2" >/dev/null 2>&1 || fail interpreter "there is no $1 that can be run as $2 (PATH is $PATH)"
}
