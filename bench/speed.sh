#!/bin/bash
# Speed of galley beside other spelling checkers, on the same text, in one run.
#
# usage: bench/speed.sh TEXT [ROUNDS]     medians of ROUNDS (5) runs; a few MB of plain text
set -euo pipefail
text=$1
rounds=${2:-5}
galley=$(dirname "$0")/../build/hosts/cli/galley
size=$(stat -c %s "$text")
small=$(mktemp)
trap 'rm -f "$small"' EXIT
head -c 6000 "$text" | sed '$d' >"$small"

median() { sort -n | awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'; }
seconds() { # COMMAND...: wall seconds
    local TIMEFORMAT=%R
    { time "$@" >/dev/null 2>&1 || true; } 2>&1
}
measure() { # NAME COMMAND
    local name=$1 whole start
    shift
    whole=$(for _ in $(seq "$rounds"); do seconds bash -c "$* < '$text'"; done | median)
    start=$(for _ in $(seq "$rounds"); do seconds bash -c "$* < '$small'"; done | median)
    awk -v n="$name" -v s="$size" -v w="$whole" -v t="$start" \
        'BEGIN {printf "%-22s %8.2f MB/s   %7.3f s for 6 KB\n", n, s / w / 1e6, t}'
}
measure "galley, all checks" "$galley check --no-config --jobs=1 --format=jsonl -"
measure "galley, spelling" "$galley check --no-config --jobs=1 --only=spelling --format=jsonl -"
command -v aspell >/dev/null && measure "aspell list" "aspell --lang=en list"
command -v hunspell >/dev/null && measure "hunspell -l" "hunspell -d en_US -l"
/usr/bin/time -f "galley peak memory: %M KB" "$galley" check --no-config --jobs=1 --format=jsonl "$text" \
    2>&1 >/dev/null | tail -1 || true
