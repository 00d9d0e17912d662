#!/bin/sh
# Starts the edge on this server, and starts it again whenever it dies. Ends with SIGTERM or Ctrl-C.
#
# Settings come from the environment, or from the file hoi.env beside this script; see hoi.env.example.
# Secrets are read by the runtime from its environment and are never written anywhere.
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
if [ -f "$here/hoi.env" ]; then
  if [ -n "$(find "$here/hoi.env" -perm /077)" ]; then
    echo "start.sh: others on this machine can read the secrets in hoi.env; run: chmod 600 $here/hoi.env" >&2
    exit 1
  fi
  set -a
  . "$here/hoi.env"
  set +a
fi

data=${HOI_DATA:-$here/data}
run=${HOI_RUN:-$here/run}
address=${HOI_ADDRESS:-127.0.0.1:8080}
network=${HOI_NETWORK:-public}
# How large JavaScript's heap may grow, in megabytes. The database, and the program itself, come on top.
heap=${HOI_HEAP_MB:-1024}
# How long open connections may last after SIGTERM, in seconds. Nothing is lost by cutting them.
grace=${HOI_GRACE:-5}

fail() {
  printf 'start.sh: %s\n' "$1" >&2
  exit 1
}

# What is needed, and how to make it.
long_enough() {
  eval "value=\${$1:-}"
  [ "${#value}" -ge 32 ] ||
    fail "$1 must be set to a secret of at least 32 characters. Make one with: openssl rand -base64 32"
}

check() {
  long_enough HOI_SECRET
  long_enough HOI_ADMIN_KEY
  case ${HOI_ORIGIN:-} in
  http://*/* | https://*/*) fail "HOI_ORIGIN must end with the host or port: no path, no slash at its end" ;;
  http://?* | https://?*) ;;
  *) fail "HOI_ORIGIN must be the address visitors' browsers use, for example https://chat.example.gov" ;;
  esac
  case $here$data$run in
  *[!A-Za-z0-9_./+-]*) fail "paths may hold letters, digits and _ . / + - only: $here, $data, $run" ;;
  esac
  case $address in
  *[!A-Za-z0-9_.:*-]* | *\[*) fail "HOI_ADDRESS is host:port, for example 127.0.0.1:8080 or *:8080" ;;
  esac
  case $network in
  *[!a-z0-9.:/\ ]*) fail "HOI_NETWORK holds ranges and spaces, for example: public 10.1.2.0/24" ;;
  esac
  case $heap in
  [2-9][0-9][0-9] | [1-9][0-9][0-9][0-9] | [1-9][0-9][0-9][0-9][0-9]) ;;
  *) fail "HOI_HEAP_MB is a number of megabytes from 200 on, for example: 1024" ;;
  esac
  [ -x "$here/bin/workerd" ] || fail "bin/workerd is missing; README.md says where to get it"
  "$here/bin/workerd" --version >/dev/null || fail "bin/workerd doesn't run on this machine; see README.md"
}

# The runtime's configuration: the template with this place's paths, ranges, and the names of what is in the
# environment. A variable that is not set must not be named: the worker would find "null" there.
configure() {
  for name in $(env | sed -n 's/^\(HOI_[A-Z0-9_]*\|[A-Z][A-Z0-9_]*_SECRET\)=.*/\1/p' | sort -u); do
    case $name in
    HOI_ADDRESS | HOI_NETWORK | HOI_DATA | HOI_HEAP_MB | HOI_RUN | HOI_GRACE | HOI_ASSETS) continue ;;
    esac
    eval "value=\${$name:-}"
    [ -z "$value" ] || sed -n "s|@VARIABLE@|$name|gp" "$here/edge.capnp.in"
  done >"$run/bindings"
  ranges=$(printf '%s' "$network" | sed 's/^ *//; s/ *$//; s/  */", "/g')
  sed -e "/@VARIABLE@/r $run/bindings" -e "/@VARIABLE@/d" -e "s|@HERE@|$here|g" -e "s|@DATA@|$data|g" \
    -e "s|@HEAP@|$heap|g" -e "s|@ADDRESS@|$address|g" -e "s|@RANGES@|$ranges|g" "$here/edge.capnp.in" >"$run/edge.capnp"
  rm "$run/bindings"
}

# Two runtimes on the same data would ruin it. The runtime holds the lock too, so it outlives this script.
lock() {
  mkdir -p "$data" "$run"
  chmod 700 "$data"
  command -v flock >/dev/null || return 0
  exec 9>"$data/lock"
  flock -n 9 || fail "another edge is running on $data; end it first"
}

child=
stopping=
killer=
stop() {
  stopping=yes
  [ -n "$child" ] || return 0
  kill -TERM "$child" 2>/dev/null || return 0
  # The runtime waits for open sockets, and a visitor's may stay open for hours.
  (sleep "$grace" && kill -KILL "$child") >/dev/null 2>&1 9>&- &
  killer=$!
}

# `wait` also returns when a signal comes in: only a child that is gone has ended.
wait_for() {
  while :; do
    status=0
    wait "$1" || status=$?
    kill -0 "$1" 2>/dev/null || return 0
  done
}

supervise() {
  pause=1
  while [ -z "$stopping" ]; do
    HOI_DATA=$data "$here/sweep.sh" 9>&- || true
    began=$(date +%s)
    "$here/bin/workerd" serve -I/ "$run/edge.capnp" &
    child=$!
    wait_for "$child"
    child=
    [ -z "$stopping" ] || break
    [ $(($(date +%s) - began)) -lt 60 ] || pause=1
    echo "start.sh: the edge ended (status $status); starting it again in $pause s" >&2
    sleep "$pause" 9>&- &
    wait $! || true
    pause=$((pause < 16 ? pause * 2 : 30))
  done
}

check
lock
configure
trap stop TERM INT
[ -n "${HOI_ADDRESS_HEADER:-}" ] ||
  echo "start.sh: HOI_ADDRESS_HEADER is not set: nobody is told apart, and one visitor can slow all others; see hoi.env.example" >&2
echo "start.sh: the edge listens on $address for visitors of $HOI_ORIGIN; data in $data" >&2
supervise
[ -z "$killer" ] || kill "$killer" 2>/dev/null || true
echo "start.sh: stopped" >&2
