#!/bin/sh
# ssh-hosts.sh - several real ssh hosts on one Linux machine, for tests.
#
# Each host is a network namespace on a private bridge with its own address,
# its own PID / mount / UTS namespace (own processes, hostname, empty /root,
# /tmp and /run) and its own OpenSSH sshd on port 22.  The rest of the file
# system (/usr, /etc, ...) is the machine's, read-write: keep out of it.
# No default route: a host reaches the other hosts and the root namespace only.
#
#   ssh-hosts.sh up N DIR        start N hosts xh1..xhN; print "NAME ADDRESS" lines.
#                                DIR gets ssh_config, id_ed25519, known_hosts, hosts:
#                                    ssh -F DIR/ssh_config xh1 hostname
#                                From inside a host plain `ssh xh2 cmd` works too.
#                                An older set with the same tag is taken down first.
#   ssh-hosts.sh down            stop everything of this tag, remove what `up` wrote
#   ssh-hosts.sh status          hosts, up/dead, processes
#
#   ssh-hosts.sh cut NAME        pull the cable: packets vanish, TCP sees nothing
#   ssh-hosts.sh heal NAME       plug it in again; also ends loss/rate/delay/isolate
#   ssh-hosts.sh reset NAME      kill -9 the ssh sessions' sshd (client sees the
#                                connection close); host and remote commands live on
#   ssh-hosts.sh kill NAME       SIGKILL every process of the host (client sees the
#                                connection close, new connections are refused)
#   ssh-hosts.sh poweroff NAME   the same after the cable is pulled: client sees nothing
#   ssh-hosts.sh boot NAME       power on again (same key and address, empty disks)
#   ssh-hosts.sh isolate NAME    unreachable from the root ns, still reachable
#                                from the other hosts (for ProxyJump / "via")
#   ssh-hosts.sh loss NAME PCT   drop PCT % of packets, both directions (nftables)
#   ssh-hosts.sh rate NAME RATE  limit the host's sending, e.g. 10mbit (tc tbf)
#   ssh-hosts.sh delay NAME MS   MS ms each way: tc netem where the kernel has it,
#                                else a user-space TAP relay (python3), ~50 MB/s
#   ssh-hosts.sh exec NAME CMD.. run CMD inside the host, without ssh
#
# Environment: SSH_HOSTS_TAG (default xh, max 6 letters: also the host name prefix),
#   SSH_HOSTS_NET (default 10.213.77, the first three numbers of a /24; use another
#   with another tag to run two sets side by side), SSH_HOSTS_HIDE (paths over which
#   the hosts see an empty directory or file, e.g. "/usr/lib/jvm /srv"; at `up`),
#   SSH_HOSTS_SHELL (root's login shell in the hosts, e.g. /usr/bin/fish; at `up`
#   for all, at `boot` for one).
# Needs root (sudo) and Debian packages: openssh-server openssh-client iproute2
#   util-linux; nftables for `loss`; python3 for `delay` without netem.
# Without root, where user namespaces are allowed (package uidmap, a line for the
# user in /etc/subuid and /etc/subgid): run it and the tests as root of a new one:
#   unshare --user --map-root-user --map-auto --net --mount --pid --fork --kill-child \
#     --mount-proc sh -c 'mount -t tmpfs tmpfs /run; ip link set lo up;
#       ssh-hosts.sh up 3 DIR && run-the-tests; ssh-hosts.sh down'
# The machine's own sshd, its config and host keys are never read or changed.
# shellcheck disable=SC2015,SC2016,SC2034,SC2086,SC2094,SC2154
set -eu
TAG=${SSH_HOSTS_TAG:-xh}
NET=${SSH_HOSTS_NET:-10.213.77}
S=/run/ssh-hosts-$TAG
BR=$TAG-br
SSHD=$(command -v sshd || echo /usr/sbin/sshd)
die() { echo "ssh-hosts.sh: $*" >&2; exit 1; }
usage() { sed -n '2,/^set -eu/{/^#/s/^# \{0,1\}//p;}' "$0" >&"${1:-2}"; exit "${2:-2}"; }

host()  { [ -d "$S/h/$1" ] || die "no host $1"; H=$S/h/$1; NS=$1; N=${1#"$TAG"}
          ADDR=$NET.$((10 + N)); V=$TAG-v$N; }
pids()  { ip netns pids "$1" 2>/dev/null || :; }
initpid() { # the PID (seen from here) of the host's init, i.e. its sshd listener
  for p in $(pids "$1"); do
    [ "$(awk '/^NSpid:/{print NF ":" $NF}' /proc/"$p"/status 2>/dev/null)" = 3:1 ] &&
      { echo "$p"; return; }
  done; return 0
}
killns() { # SIGKILL every process of a netns, wait until none is left
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    p=$(pids "$1"); [ -n "$p" ] || return 0
    kill -9 $p 2>/dev/null || :
    sleep 0.05
  done; die "cannot kill the processes of $1: $p"
}

boot_host() { # $1 name
  host "$1"
  # shellcheck disable=SC2016
  setsid ip netns exec "$NS" unshare --mount --uts --ipc --pid --fork --kill-child \
    --mount-proc sh -c '
      set -e
      umask 022; hostname "$1"; hide=$3
      mount -t tmpfs -o mode=700 tmpfs /root
      cp -r "$2" /root/.host
      mount -t tmpfs -o mode=755 tmpfs /run
      mkdir /run/sshd; mv /root/.host /run/host; chmod 700 /run/host
      # sshd refuses a locked account; say only here that root is not locked
      { echo "root:*:19000:0:99999:7:::"; grep -v ^root: /etc/shadow || :; } \
        2>/dev/null > /run/host/shadow
      chmod 600 /run/host/shadow; mount --bind /run/host/shadow /etc/shadow
      if [ -n "$5" ]; then
        sed "/^root:/s,:[^:]*\$,:$5," /etc/passwd > /run/host/passwd
        chmod 644 /run/host/passwd; mount --bind /run/host/passwd /etc/passwd
      fi
      mv /run/host/dot-ssh /root/.ssh; chmod 700 /root/.ssh; chmod 600 /root/.ssh/*
      mount -t tmpfs -o mode=1777 tmpfs /tmp
      mkdir /run/empty; : > /run/empty-file
      for p in $hide; do
        if [ -d "$p" ]; then mount --bind /run/empty "$p"
        elif [ -e "$p" ]; then mount --bind /run/empty-file "$p"; fi
      done
      cd /; exec "$4" -D -e -f /run/host/sshd_config
    ' sh "$1" "$H" "$(cat "$S/hide")" "$SSHD" "${SSH_HOSTS_SHELL:-}" </dev/null >"$S/log.$1" 2>&1 &
  i=0
  while ! ip netns exec "$NS" ss -Hltn 'sport = :22' 2>/dev/null | grep -q .; do
    i=$((i + 1)); [ $i -lt 100 ] || { cat "$S/log.$1" >&2; die "$1: sshd did not start"; }
    sleep 0.05
  done
}

cmd_up() {
  [ $# -eq 2 ] || usage
  n=$1; case $n in *[!0-9]*|'') usage ;; esac
  { [ "$n" -ge 1 ] && [ "$n" -le 200 ]; } || die "N must be 1..200"
  [ "$(id -u)" = 0 ] || die "needs root"
  [ -x "$SSHD" ] || die "no sshd: apt-get install openssh-server"
  case $TAG in *[!a-z]*|???????*) die "SSH_HOSTS_TAG: 1 to 6 small letters" ;; esac
  mkdir -p "$2"; dir=$(cd "$2" && pwd)
  cmd_down
  if ! grep -qsx "# made by ssh-hosts.sh" "$dir/ssh_config"; then
    for f in ssh_config id_ed25519 known_hosts hosts; do
      [ ! -e "$dir/$f" ] || die "$dir/$f exists and is not mine: give another DIR"; done
  fi
  ip -br addr | grep -q "[ /]$NET\." && die "$NET.0/24 is in use, set SSH_HOSTS_NET"
  trap 'rc=$?; trap - EXIT; [ $rc = 0 ] || cmd_down; exit $rc' EXIT
  trap 'exit 130' INT TERM
  umask 077
  mkdir -p "$S/h"; echo "$dir" > "$S/dir"; echo "${SSH_HOSTS_HIDE:-}" > "$S/hide"
  ssh-keygen -q -t ed25519 -N '' -C "ssh-hosts-$TAG" -f "$S/id_ed25519"
  ip link add "$BR" type bridge
  ip addr add "$NET.1/24" dev "$BR"; ip link set "$BR" up
  : > "$S/known_hosts"; : > "$S/hosts"; : > "$S/names"
  i=1
  while [ $i -le "$n" ]; do
    h=$TAG$i a=$NET.$((10 + i)); d=$S/h/$h; mkdir -p "$d/dot-ssh"
    ssh-keygen -q -t ed25519 -N '' -C "$h" -f "$d/host_key"
    printf '%s,%s %s\n' "$h" "$a" "$(cut -d' ' -f1,2 "$d/host_key.pub")" >> "$S/known_hosts"
    echo "$h $a" >> "$S/hosts"
    printf 'Host %s\n  HostName %s\n' "$h" "$a" >> "$S/names"
    cat > "$d/sshd_config" <<EOF
Port 22
ListenAddress $a
HostKey /run/host/host_key
PidFile none
AuthorizedKeysFile /run/host/authorized_keys
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UseDNS no
PrintMotd no
MaxStartups 200
MaxSessions 200
AcceptEnv LANG LC_*
Subsystem sftp internal-sftp
EOF
    cp "$S/id_ed25519.pub" "$d/authorized_keys"
    i=$((i + 1))
  done
  for where in "$dir" ~/.ssh; do
    { echo "# made by ssh-hosts.sh"; cat "$S/names"
      cat <<EOF
Host $TAG* $NET.*
  User root
  IdentityFile $where/id_ed25519
  IdentitiesOnly yes
  UserKnownHostsFile $where/known_hosts
  GlobalKnownHostsFile /dev/null
  StrictHostKeyChecking yes
  BatchMode yes
  ConnectTimeout 5
  LogLevel ERROR
EOF
    } > "$S/config"
    if [ "$where" = "$dir" ]; then
      cp "$S/config" "$dir/ssh_config"; cp "$S/id_ed25519" "$S/known_hosts" "$S/hosts" "$dir/"
    else
      for d in "$S"/h/*; do
        sed "s#$where/#/root/.ssh/#" "$S/config" > "$d/dot-ssh/config"
        cp "$S/id_ed25519" "$S/known_hosts" "$d/dot-ssh/"
      done
    fi
  done
  while read -r h a; do
    host "$h"
    ip netns add "$NS"
    ip link add "$V" type veth peer name eth0 netns "$NS"
    ip link set "$V" master "$BR" up
    ip -n "$NS" link set lo up; ip -n "$NS" addr add "$ADDR/24" dev eth0
    ip -n "$NS" link set eth0 up
  done < "$S/hosts"
  bp=
  while read -r h a; do boot_host "$h" & bp="$bp $!"; done < "$S/hosts"
  for p in $bp; do wait "$p" || die "a host did not start"; done
  trap - EXIT INT TERM
  cat "$S/hosts"
}

cmd_down() {
  for ns in $(ip netns list 2>/dev/null | awk '{print $1}' | grep -E "^${TAG}[0-9]+\$" || :); do
    killns "$ns"
    [ -f "$S/wire.$ns" ] && kill "$(cat "$S/wire.$ns")" 2>/dev/null || :
    ip link del "$TAG-v${ns#"$TAG"}" 2>/dev/null || :
    ip netns del "$ns"
  done
  ip link del "$BR" 2>/dev/null || :
  if [ -f "$S/dir" ]; then
    d=$(cat "$S/dir"); rm -f "$d/ssh_config" "$d/id_ed25519" "$d/known_hosts" "$d/hosts"
  fi
  rm -rf "$S"
}

cmd_status() {
  [ -f "$S/hosts" ] || { echo "down"; return 0; }
  while read -r h a; do
    host "$h"; p=$(initpid "$h")
    link=$(ip -br link show dev "$V" | awk '{print $2}'); [ -f "$S/wire.$h" ] && link=RELAY
    echo "$h $a link=$link sshd=${p:-dead} processes=$(pids "$h" | wc -l)"
  done < "$S/hosts"
}

unwire() { # end the relay, put the veth back
  [ -f "$S/wire.$NS" ] || return 0
  w=$(cat "$S/wire.$NS"); kill "$w" 2>/dev/null || :
  while kill -0 "$w" 2>/dev/null; do sleep 0.02; done; rm -f "$S/wire.$NS"
  ip -n "$NS" link set veth0 name eth0
  ip -n "$NS" addr add "$ADDR/24" dev eth0; ip -n "$NS" link set eth0 up
  ip link set "$V" up
}

cmd_heal() {
  host "$1"; unwire
  ip link set "$V" up
  ip -n "$NS" route del blackhole "$NET.1/32" 2>/dev/null || :
  ip netns exec "$NS" nft delete table inet loss 2>/dev/null || :
  ip -n "$NS" qdisc del dev eth0 root 2>/dev/null || tc -n "$NS" qdisc del dev eth0 root 2>/dev/null || :
  tc qdisc del dev "$V" root 2>/dev/null || :
}

cmd_delay() {
  host "$1"; unwire
  if tc qdisc replace dev "$V" root netem delay "$2ms" 2>/dev/null; then
    tc -n "$NS" qdisc replace dev eth0 root netem delay "$2ms"; return
  fi
  mac=$(ip -n "$NS" -br link show dev eth0 | awk '{print $3}')
  setsid python3 -c "$WIRE" "$TAG-a$N" "$TAG-b$N" "$2" </dev/null >"$S/log.wire.$NS" 2>&1 &
  echo $! > "$S/wire.$NS"
  i=0; until [ -e "/sys/class/net/$TAG-b$N" ]; do
    i=$((i + 1)); [ $i -lt 100 ] || die "relay did not start: $(cat "$S/log.wire.$NS")"; sleep 0.05; done
  ip link set "$V" down
  ip -n "$NS" link set eth0 down; ip -n "$NS" link set eth0 name veth0
  ip -n "$NS" addr flush dev veth0
  ip link set "$TAG-b$N" netns "$NS"
  ip -n "$NS" link set "$TAG-b$N" name eth0 address "$mac"
  ip -n "$NS" addr add "$ADDR/24" dev eth0; ip -n "$NS" link set eth0 up
  ip link set "$TAG-a$N" master "$BR" up
}

# Two TAP devices, each frame delivered to the other one MS milliseconds later.
WIRE='
import collections, fcntl, os, select, struct, sys, time
def tap(name):
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(fd, 0x400454CA, struct.pack("16sH22x", name.encode(), 0x1002))
    return fd
a, b, d = tap(sys.argv[1]), tap(sys.argv[2]), float(sys.argv[3]) / 1000
peer, q = {a: b, b: a}, collections.deque()
while True:
    t = max(0, q[0][0] - time.monotonic()) if q else None
    for fd in select.select([a, b], [], [], t)[0]:
        try:
            while True:
                q.append((time.monotonic() + d, peer[fd], os.read(fd, 65536)))
                if q[0][0] <= q[-1][0] - d: break
        except (BlockingIOError, OSError): pass
    now = time.monotonic()
    while q and q[0][0] <= now:
        try: os.write(q[0][1], q[0][2])
        except OSError: pass
        q.popleft()
'

cmd=${1:-}; [ $# -gt 0 ] && shift
case $cmd in
  up) cmd_up "$@" ;;
  down) cmd_down ;;
  status) cmd_status ;;
  cut) host "${1:?name}"; ip link set "$V" down
       [ -f "$S/wire.$NS" ] && ip link set "$TAG-a$N" down || : ;;
  heal) cmd_heal "${1:?name}" ;;
  kill) host "${1:?name}"; killns "$NS" ;;
  poweroff) host "${1:?name}"; unwire; ip link set "$V" down; killns "$NS" ;;
  boot) host "${1:?name}"; [ -z "$(initpid "$1")" ] || die "$1 is up"
        killns "$NS"; cmd_heal "$1"; boot_host "$1" ;;
  reset) host "${1:?name}"; p=$(initpid "$1"); [ -n "$p" ] || die "$1 is down"
         for c in $(pids "$NS"); do
           [ "$c" != "$p" ] && [ "$(cat /proc/"$c"/comm 2>/dev/null)" = sshd ] && kill -9 "$c" || :
         done ;;
  isolate) host "${1:?name}"; ip -n "$NS" route replace blackhole "$NET.1/32" ;;
  loss) host "${1:?name}"; pct=${2:?percent}
        ip netns exec "$NS" nft -f - <<EOF
table inet loss
delete table inet loss
table inet loss {
  chain i { type filter hook input priority 0; iifname "eth0" numgen random mod 100 < $pct drop; }
  chain o { type filter hook output priority 0; oifname "eth0" numgen random mod 100 < $pct drop; }
}
EOF
        ;;
  rate) host "${1:?name}"; tc -n "$NS" qdisc replace dev eth0 root tbf rate "${2:?rate}" burst 64kb latency 200ms ;;
  delay) [ -n "${2:-}" ] || usage; cmd_delay "$@" ;;
  exec) host "${1:?name}"; p=$(initpid "$1"); [ -n "$p" ] || die "$1 is down"; shift
        exec nsenter -t "$p" -m -u -i -n -p -- "$@" ;;
  -h|--help|help) usage 1 0 ;;
  *) usage ;;
esac
