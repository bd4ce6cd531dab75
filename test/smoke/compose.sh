#!/usr/bin/env bash
# Brings the platform up in containers, asks it the README's curl, restarts each service alone and asks again.
set -euo pipefail
cd "$(dirname "$0")/../.."
compose() { if docker compose version >/dev/null 2>&1; then docker compose "$@"; else docker-compose "$@"; fi; }
export COMPOSE_PROJECT_NAME=ceresio-smoke GATEWAY_PORT=${GATEWAY_PORT:-3900} ISSUER_PORT=${ISSUER_PORT:-3901}
cleanup() {
  status=$?
  if [ $status != 0 ]; then compose ps; compose logs --tail 30; fi
  compose down -v --remove-orphans >/dev/null 2>&1 || true
  exit $status
}
trap cleanup EXIT
services='companies experts matching cooperation notifications access gateway'

healthy() { # service
  for _ in $(seq 120); do
    id=$(compose ps -q "$1")
    [ "$(docker inspect -f '{{.State.Health.Status}}' "$id" 2>/dev/null)" = healthy ] && return
    sleep 1
  done
  echo "$1 did not become healthy"; return 1
}
ask() {
  GATEWAY=http://127.0.0.1:$GATEWAY_PORT TOKEN=$(compose exec -T issuer node dist/commands/token.js --as coordinator) bash test/smoke/curl-of-readme.sh
}
settled() { # the sample is loaded and indexed
  for _ in $(seq 60); do ask >/dev/null 2>&1 && return; sleep 1; done
  ask
}

compose up --build -d
for service in $services; do healthy "$service"; done
settled; ask
for service in postgres nats meilisearch $services; do
  compose restart "$service" >/dev/null
  healthy "$service"
  for other in $services; do healthy "$other"; done
  echo "restarted $service:"; settled; ask
done
