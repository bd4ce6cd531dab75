#!/usr/bin/env bash
# Prometheus's own promtool plays the alarms against figures that should and should not raise them.
# It comes from PATH or PROMTOOL; where there is none, out of Debian's package, which is unpacked and not installed.
set -euo pipefail
cd "$(dirname "$0")/../.."
promtool=${PROMTOOL:-$(command -v promtool || true)}
if [ -z "$promtool" ]; then
  place=$PWD/node_modules/.cache/promtool
  promtool=$place/usr/bin/promtool
  if [ ! -x "$promtool" ]; then
    command -v apt-get >/dev/null || { echo 'There is no promtool: install Prometheus, or say in PROMTOOL where it is.' >&2; exit 1; }
    mkdir -p "$place"
    (
      cd "$place"
      fetch() { apt-get -o APT::Sandbox::User=root download -qq prometheus; }
      fetch || { apt-get update -qq && fetch; }
      dpkg -x prometheus_*.deb .
      rm prometheus_*.deb
    )
  fi
fi
"$promtool" check rules deploy/prometheus/alerts.yml
"$promtool" test rules deploy/prometheus/alerts.test.yml
