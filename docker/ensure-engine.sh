#!/usr/bin/env bash
# Makes sure that a Docker engine answers and prints the DOCKER_HOST to reach it by (all else goes to stderr).
#
#     export DOCKER_HOST="$(docker/ensure-engine.sh)"
#
# An engine that already runs is used as it is. Where none runs, the packages of a Debian machine are installed
# and an engine is started in folders of its own, so that it never meets another one. Running it twice is harmless.
# `docker/ensure-engine.sh --find` only looks for one; `--stop` the engine that was started here, and only that.
set -euo pipefail

data="${SPARKWRIGHT_DOCKER_DATA:-/var/lib/sparkwright-docker}"
run="${SPARKWRIGHT_DOCKER_RUN:-/run/sparkwright-docker}"
private="unix://$run/docker.sock"
startup_seconds=60

say() { echo "docker engine: $*" >&2; }
answers() { DOCKER_HOST="$1" docker info >/dev/null 2>&1; }

stop() {
  [ -f "$run/pid" ] || return 0
  local pid
  pid="$(cat "$run/pid")"
  kill "$pid" 2>/dev/null || true
  for _ in $(seq 100); do kill -0 "$pid" 2>/dev/null || return 0; sleep 0.1; done
  say "process $pid did not stop in 10 s"
  return 1
}

if [ "${1:-}" = --stop ]; then
  stop
  exit
fi

find_engine() {
  local host
  for host in ${DOCKER_HOST:+"$DOCKER_HOST"} unix:///var/run/docker.sock "$private"; do
    if command -v docker >/dev/null && answers "$host"; then
      echo "$host"
      return 0
    fi
  done
  return 1
}

install_packages() {
  command -v dockerd >/dev/null && command -v docker >/dev/null && command -v iptables >/dev/null && return 0
  command -v apt-get >/dev/null || { say "no engine runs and this is no Debian machine: install Docker"; return 1; }
  say "installing docker.io"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq >&2
  apt-get install -y -qq --no-install-recommends docker.io iptables >&2
  # Since Debian 13 the client is a package of its own.
  command -v docker >/dev/null || apt-get install -y -qq --no-install-recommends docker-cli >&2
}

# The overlay driver is the fast one; vfs works on every file system.
start_engine() {
  local driver="$1"
  mkdir -p "$data/$driver" "$run"
  rm -f "$run/pid" "$run/docker.sock"
  setsid nohup dockerd --data-root "$data/$driver" --exec-root "$run/exec" --pidfile "$run/pid" \
    --storage-driver "$driver" -H "$private" >"$data/$driver.log" 2>&1 </dev/null 9>&- &
  local pid=$!
  for _ in $(seq $((startup_seconds * 2))); do
    answers "$private" && return 0
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.5
  done
  stop || true
  return 1
}

find_engine && exit
[ "${1:-}" != --find ] || exit 1
[ "$(id -u)" = 0 ] || { say "none runs, and starting one needs root: start Docker, or set DOCKER_HOST"; exit 1; }
mkdir -p "$data" "$run"
exec 9>"$run/lock"
flock 9
find_engine && exit # another process started it while this one waited
install_packages
for driver in overlay2 vfs; do
  if start_engine "$driver"; then
    say "started with the $driver driver"
    echo "$private"
    exit
  fi
  say "no start with the $driver driver: $(grep -i 'fail\|error' "$data/$driver.log" | tail -1)"
done
say "dockerd does not start; its logs are in $data"
exit 1
