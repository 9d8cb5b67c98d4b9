#!/usr/bin/env bash
# Builds a base image with a Java runtime and no image registry: debootstrap from the Debian mirror that this machine
# itself uses, then `docker import`. Prints the image's name. Takes about half a minute, and nothing where it exists.
#
#     docker/build-base.sh [--force]
#     docker build --build-arg BASE="$(docker/build-base.sh)" ...
set -euo pipefail

. /etc/os-release
suite="${VERSION_CODENAME:?build-base.sh needs Debian or Ubuntu}"
image="sparkwright/jre-base:$suite"

say() { echo "base image: $*" >&2; }

if [ "${1:-}" != --force ] && docker image inspect "$image" >/dev/null 2>&1; then
  echo "$image"
  exit
fi
[ "$(id -u)" = 0 ] || { say "debootstrap needs root"; exit 1; }

if ! command -v debootstrap >/dev/null; then
  say "installing debootstrap"
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends debootstrap >&2
fi

# The first source that carries this suite itself, not its updates or a third party's packages.
mirror="$(apt-get indextargets --format '$(SITE) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' |
  awk -v suite="$suite" '$2 == suite && $3 == "main" { print $1; exit }')"
[ -n "$mirror" ] || { say "apt's sources have no $suite main"; exit 1; }
java=openjdk-17-jre-headless
apt-cache show "$java" >/dev/null 2>&1 || java=default-jre-headless

# A file system mounted nodev or noexec cannot hold a root file system; /tmp often is one.
root="$(mktemp -d "${SPARKWRIGHT_DOCKER_DATA:-/var/lib}/sparkwright-base.XXXXXX")"
trap 'rm -rf "$root"' EXIT
say "debootstrap of $suite with $java"
if ! debootstrap --variant=minbase --include="$java",ca-certificates,procps "$suite" "$root" "$mirror" >"$root.log" 2>&1; then
  tail -20 "$root.log" >&2
  say "debootstrap failed; its log is $root.log"
  exit 1
fi
rm -rf "$root.log" "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
tar -C "$root" -c . | docker import - "$image" >/dev/null
say "made $image"
echo "$image"
