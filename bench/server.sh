#!/bin/bash
# Checks a second of 300-word texts that galley serve answers, at 8 and at 500 connections, and its memory over 100,000 requests.
# Needs wrk (Debian). Everything stays on this machine.
#
#     bench/server.sh [GALLEY] [TEXT]       TEXT: its first 300 words are sent (a sample story, repeated, when none is named)
set -euo pipefail
cd "$(dirname "$0")/.."
galley=${1:-build/hosts/cli/galley}
text=${2:-tests/data/stories/summit.txt}
folder=$(mktemp -d)
trap 'kill $server 2>/dev/null || true; rm -rf "$folder"' EXIT

python3 - "$text" >"$folder/request.lua" <<'PYTHON'
import json, sys, urllib.parse
words = open(sys.argv[1], encoding="utf-8").read().split(" ")
while len(words) < 300:
    words += words
body = urllib.parse.urlencode({"language": "en-US", "text": " ".join(words[:300])})
print(f"""wrk.method = "POST"
wrk.path = "/v2/check"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.body = {json.dumps(body)}
local n = 0
function done(summary, latency, requests)
    local e = summary.errors
    io.write(string.format("%d requests, %.0f a second, median %.1f ms, 99 %% %.1f ms, errors: %d connect, %d read, %d write, %d status, %d timeout\\n",
        summary.requests, summary.requests / summary.duration * 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
        e.connect, e.read, e.write, e.status, e.timeout))
end""")
PYTHON

"$galley" serve --port=0 >"$folder/address" &
server=$!
for _ in {1..100}; do [ -s "$folder/address" ] && break; sleep .1; done
address=$(grep -o 'http:[^ ]*' "$folder/address")
cpu() { awk '{ print ($14 + $15) / 100 }' "/proc/$server/stat"; } # seconds, of 1/100 (proc(5))
memory() { awk '/VmRSS/ { print $2 }' "/proc/$server/status"; }

load() { # connections seconds
    printf '%4d connections: ' "$1"
    wrk -t1 -c"$1" -d"$2" --timeout 30 -s "$folder/request.lua" "$address" | grep requests,
}
load 8 3 >/dev/null # warm
load 8 10
load 500 10
before=$(memory)
used=$(cpu)
sent=0
while [ "$sent" -lt 100000 ]; do
    sent=$((sent + $(wrk -t1 -c64 -d10 --timeout 30 -s "$folder/request.lua" "$address" | sed -n 's/ requests,.*//p')))
done
echo "processor: $(echo "$used $(cpu) $sent" | awk '{ printf "%.0f checks a second of one core", $3 / ($2 - $1) }')"
echo "memory: $before KiB, after $sent further requests $(memory) KiB"
