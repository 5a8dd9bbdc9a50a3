#!/bin/sh
# container.sh - a container of podman with this machine's programs, for tests.
#
#   container.sh up NAME     start one: an image of empty directories and links, this machine's /usr read-only in it, no
#                            network, a home that can be written
#   container.sh down NAME   end it, remove its image
#
# Needs root and the Debian packages podman and runc; nothing is downloaded.
set -eu
IMAGE=localhost/execnet4j-skeleton
die() { echo "container.sh: $*" >&2; exit 1; }

up() {
    [ "$(id -u)" = 0 ] || die "needs root"
    for each in podman runc; do
        command -v "$each" >/dev/null || die "no $each: apt-get install podman runc"
    done
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    (
        cd "$folder"
        mkdir dev etc proc root run sys tmp usr var
        ln -s usr/bin usr/sbin usr/lib .
        [ ! -d /usr/lib64 ] || ln -s usr/lib64 .
        tar -c .
    ) | podman --runtime runc import - "$IMAGE:$1" >/dev/null
    set -- "$1" -v /usr:/usr:ro
    # a distribution's Java has its settings there
    for each in /etc/java-*; do
        [ ! -d "$each" ] || set -- "$@" -v "$each:$each:ro"
    done
    name=$1
    shift
    podman --runtime runc run -d --rm --name "$name" --network none --ulimit nofile=1024:1024 \
        --ulimit nproc=4096:4096 "$@" "$IMAGE:$name" sleep infinity >/dev/null
}

down() {
    podman rm -f -t 0 "$1" >/dev/null 2>&1 || :
    podman rmi -f "$IMAGE:$1" >/dev/null 2>&1 || :
}

[ $# = 2 ] || die "up NAME or down NAME"
case $1 in
    up) up "$2" ;;
    down) down "$2" ;;
    *) die "up NAME or down NAME" ;;
esac
