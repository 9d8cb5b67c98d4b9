#!/usr/bin/env bash
# connect [spark-submit options]   a Spark Connect server (the default)
# master | worker URL              one daemon of a standalone cluster
# anything else                    is run as it stands
#
# SPARK_MASTER          master URL of the server, default local[*]
# SPARK_CONF            more settings, one `key=value` a line
# SPARK_DRIVER_MEMORY   heap of the server such as 4g, default 60 % of the container's memory
# SPARK_CONNECT_AUTHENTICATE_TOKEN   token that clients must send, read by Spark itself; none when empty
set -euo pipefail

if ! whoami >/dev/null 2>&1 && [ -w /etc/passwd ]; then
  echo "spark-$(id -u):x:$(id -u):0:spark:/opt/spark/data:/bin/false" >>/etc/passwd
fi
# Spark reads these itself and takes an empty one, as a compose file passes it, for a value.
for name in SPARK_CONNECT_AUTHENTICATE_TOKEN SPARK_DRIVER_MEMORY; do
  [ -n "${!name:-}" ] || unset "$name"
done

# Spark's own list: org.apache.spark.launcher.JavaModuleOptions.
opens=(java.lang java.lang.invoke java.lang.reflect java.io java.net java.nio java.util java.util.concurrent
  java.util.concurrent.atomic jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar)
options=(-XX:+IgnoreUnrecognizedVMOptions --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow --add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED
  -Djdk.reflect.useDirectMethodHandle=false -Dio.netty.tryReflectionSetAccessible=true -Dio.netty.noUnsafe=false
  -Duser.timezone=UTC)
for package in "${opens[@]}"; do options+=("--add-opens=java.base/$package=ALL-UNNAMED"); done
classpath="$SPARK_HOME/conf:$SPARK_HOME/jars/*"
export SPARK_CONF_DIR="${SPARK_CONF_DIR:-$SPARK_HOME/conf}"

role="${1:-connect}"
case "$role" in
  connect)
    shift || true
    settings=()
    while IFS= read -r line; do
      [[ "$line" =~ ^[[:space:]]*$ ]] || settings+=(--conf "$line")
    done <<<"${SPARK_CONF:-}"
    if [ -n "${SPARK_DRIVER_MEMORY:-}" ]; then options+=("-Xmx$SPARK_DRIVER_MEMORY"); else options+=(-XX:MaxRAMPercentage=60); fi
    exec java "${options[@]}" -cp "$classpath" org.apache.spark.deploy.SparkSubmit \
      --class org.apache.spark.sql.connect.service.SparkConnectServer --name "Spark Connect server" \
      --master "${SPARK_MASTER:-local[*]}" "${settings[@]}" "$@" spark-internal
    ;;
  master)
    exec java "${options[@]}" -Xmx512m -cp "$classpath" org.apache.spark.deploy.master.Master --host "$(hostname)" "${@:2}"
    ;;
  worker)
    exec java "${options[@]}" -Xmx512m -cp "$classpath" org.apache.spark.deploy.worker.Worker "${@:2}"
    ;;
  *)
    exec "$@"
    ;;
esac
