#!/usr/bin/env bash
# Builds the Spark Connect image and prints its name. Where no registry is reached, the base image is made from the
# Debian mirror instead (build-base.sh). BASE=image chooses another base.
set -euo pipefail

here="$(cd "$(dirname "$0")" && pwd)"
image="${SPARKWRIGHT_IMAGE:-sparkwright/spark-connect:4.2.0}"
default=eclipse-temurin:17-jre

if [ -n "${BASE:-}" ]; then
  base="$BASE"
elif docker image inspect "$default" >/dev/null 2>&1 || timeout 120 docker pull -q "$default" >/dev/null 2>&1; then
  base="$default"
else
  base="$("$here/build-base.sh")"
fi
# The Node of the package: the machine's own may be too old to run TypeScript.
"$here/../node_modules/.bin/node" "$here/collect-jars.ts"
# The classic builder needs no builder image and no plugin.
DOCKER_BUILDKIT=0 docker build -q --build-arg BASE="$base" -t "$image" "$here" >/dev/null
echo "$image"
