# Sourced by scripts, with $jdks (a file): finds JDKs of at least 17, one for each feature release, and adds a line
# "release home" to that file for each.
# shellcheck shell=sh disable=SC2154

home_of_java_on_path() {
    java -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Adds a line "release home" for a directory that is a JDK of at least 17, unless its release is there already.
add_jdk() {
    [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
    home=$(cd "$1" && pwd -P) || return 0
    release=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release")
    [ "${release:-0}" -ge 17 ] || return 0
    grep -q "^$release " "$jdks" || printf '%s %s\n' "$release" "$home" >>"$jdks"
}

# The one of JAVA_HOME, or else of PATH; fails if that is none of at least 17.
find_jdk_in_use() {
    if [ -n "${JAVA_HOME-}" ]; then
        add_jdk "$JAVA_HOME"
    elif command -v java >/dev/null 2>&1; then
        add_jdk "$(home_of_java_on_path)"
    fi
    [ -s "$jdks" ]
}

find_other_jdks() {
    for each in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        add_jdk "$each"
    done
}
