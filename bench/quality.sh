#!/bin/bash
# Quality: plants defects in clean texts, checks them, holds the reports against what was planted.
#
# usage: bench/quality.sh INJECT SCORE FOREIGN.tsv SEED CLEAN.jsonl...
#   INJECT, SCORE   the planting and the scoring program
set -euo pipefail
inject=$1 score=$2 foreign=$3 seed=$4
shift 4
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$inject" "$@" --foreign "$foreign" -o "$folder" --seed "$seed"
"$(dirname "$0")/../build/hosts/cli/galley" check --no-config --format=jsonl "$folder/texts" \
    >"$folder/report.jsonl" || true
"$score" "$folder/gold.tsv" "$folder/report.jsonl" --texts "$folder/texts" --misses 3 --alarms 5
