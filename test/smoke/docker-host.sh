#!/usr/bin/env bash
# Prints the address of a Docker engine that answers, and `found` or `started`; fails when there is none. `docker-host.sh stop` ends a started one.
set -euo pipefail
# A folder beside the checkout may bring an engine, and stand-ins for images that cannot be pulled.
stand_in=../shared/containers
if [ "${1:-}" = stop ]; then exec "$stand_in/engine.sh" down; fi
answers() { command -v docker >/dev/null && docker -H "$1" info >/dev/null 2>&1; }
for host in "${DOCKER_HOST:-}" unix:///var/run/docker.sock; do
  if [ -n "$host" ] && answers "$host"; then echo "$host found"; exit 0; fi
done
[ -x "$stand_in/engine.sh" ] && [ "$(id -u)" = 0 ] || exit 1
host=$("$stand_in/engine.sh" up) || exit 1
DOCKER_HOST=$host "$stand_in/images.sh" nats:2.11-alpine >&2 || exit 1
echo "$host started"
