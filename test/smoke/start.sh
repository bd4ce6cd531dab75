#!/usr/bin/env bash
# npm start in a folder of its own, the README's curl, a clean stop by SIGINT to npm alone, and a second start that keeps what there was.
set -euo pipefail
cd "$(dirname "$0")/../.."
export CERESIO_DIR=$(mktemp -d)/ceresio
run=$CERESIO_DIR/run.json
log=$(mktemp)
npm_pid=
cleanup() {
  status=$?
  [ -n "$npm_pid" ] && kill -INT "$npm_pid" 2>/dev/null && wait "$npm_pid" 2>/dev/null
  if [ $status != 0 ]; then tail -n 40 "$log"; tail -n 5 "$CERESIO_DIR"/logs/*.log 2>/dev/null; fi
  rm -rf "$(dirname "$CERESIO_DIR")" "$log"
  exit $status
}
trap cleanup EXIT
field() { node_modules/.bin/node -p "JSON.parse(require('node:fs').readFileSync('$run','utf8')).$1"; }
up() {
  npm start >"$log" 2>&1 &
  npm_pid=$!
  for _ in $(seq 600); do
    [ -f "$run" ] && return
    kill -0 "$npm_pid" 2>/dev/null || { echo 'npm start ended'; exit 1; }
    sleep 0.2
  done
  echo 'npm start was not ready within two minutes'; exit 1
}
down() {
  kill -INT "$npm_pid"
  wait "$npm_pid" || true
  npm_pid=
  [ ! -f "$run" ] || { echo 'run.json is still there after a clean stop'; exit 1; }
}
ask() { GATEWAY=$(field gateway) TOKEN=$(npm run -s token -- --as coordinator) bash test/smoke/curl-of-readme.sh; }
count() { curl -fsS "$(field gateway)/v1/experts?limit=100" -H "Authorization: Bearer $(npm run -s token -- --as coordinator)" | node_modules/.bin/node -p 'JSON.parse(require("node:fs").readFileSync(0,"utf8")).items.length'; }

up; ask; first=$(count); down
up; ask; second=$(count); down
[ "$first" = "$second" ] || { echo "the second start has $second experts, the first had $first"; exit 1; }
echo "two starts, $second experts each, clean stops"
