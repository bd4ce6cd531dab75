#!/usr/bin/env bash
# Runs the README's curl against GATEWAY with TOKEN and checks that the first answer is what the README says: explained, in parts that add up.
# Usage: GATEWAY=http://127.0.0.1:3000 TOKEN=... curl-of-readme.sh
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
node=$root/node_modules/.bin/node
body=$("$node" -e '
  const readme = require("node:fs").readFileSync(process.argv[1], "utf8");
  const found = readme.match(/curl[^`]*?\/v1\/matches[^`]*?-d \x27([^\x27]+)\x27/);
  if (!found) throw new Error("README.md has no curl for /v1/matches");
  process.stdout.write(found[1]);' "$root/README.md")
answer=$(curl -fsS "$GATEWAY/v1/matches" -H "Authorization: Bearer $TOKEN" -H 'Content-Type: application/json' -d "$body")
"$node" -e '
  const { understood, items } = JSON.parse(process.argv[1]);
  const ids = understood.competences.map((c) => c.id);
  const fail = (why) => { console.error(why, process.argv[1].slice(0, 2000)); process.exit(1); };
  if (items.length < 2) fail("fewer than two answers");
  if (!ids.includes("machine-vision")) fail("machine vision was not understood");
  for (const item of items) {
    const sum = Object.values(item.parts).reduce((a, b) => a + b, 0);
    if (Math.abs(sum - item.score) > 0.001) fail("the parts do not add up to the score");
    if (!item.reasons.length || !item.subject.name) fail("an answer without a reason or a name");
  }
  console.log(`${items.length} explained matches, best: ${items[0].subject.name} (${items[0].score.toFixed(2)}): ${items[0].reasons[0].text}`);
' "$answer"
