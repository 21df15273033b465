#!/usr/bin/env bash
# The real servers that tests and experiments run against, on Debian, on free loopback ports and without systemd:
#   scripts/servers.sh start [name…]    installs what is missing, starts what does not run, waits until each answers
#   scripts/servers.sh stop [name…]     ends what start has started, by process id and start time
#   scripts/servers.sh status [name…]   says which of them run
# Names: redis postgres prometheus alertmanager toxiproxy chromium; none means all. Where each is stands in
# .gameday-servers/servers.json.
set -euo pipefail
command -v node >/dev/null || { echo 'Could not manage the servers: there is no node on PATH; install Node.js 20.19 or later.' >&2; exit 2; }
exec node "$(dirname "${BASH_SOURCE[0]}")/servers/main.mjs" "$@"
