#!/bin/bash
# Runs hosts/scale/parallel.sh over documents, kills it at work, runs it again, and holds the report
# against that of a plain run.
#
#     bench/scale_parallel.sh GALLEY [DOCUMENTS]
set -euo pipefail
galley=$(realpath "$1")
n_documents=${2:-4000}
scale=$(realpath "$(dirname "$0")/../hosts/scale")
stories=$(realpath "$(dirname "$0")/stories.py")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 "$stories" stories "$n_documents"
find stories -type f -print0 | sort -z >list
"$galley" check --quiet --files-from0=list --format=jsonl --output=plain.jsonl || true
export GALLEY=$galley
began=$(date +%s.%N)
"$scale/parallel.sh" reports <list || echo "exit status $? (the gate is shut)"
echo "$n_documents documents: $(echo "$(date +%s.%N) - $began" | bc) s"
cat reports/*.jsonl | cmp - plain.jsonl && echo "the report is that of a plain run"

setsid "$scale/parallel.sh" killed <list &
sleep 1
kill -9 -- -$! && wait $! 2>/dev/null || true
echo "killed with $(ls killed/*.jsonl 2>/dev/null | wc -l) of $(ls reports/*.jsonl | wc -l) reports written"
"$scale/parallel.sh" killed <list || true
cat killed/*.jsonl | cmp - plain.jsonl && echo "after a second run the report is whole"

# The same documents as a stream.
python3 -c 'import json, glob
for path in sorted(glob.glob("stories/*")):
    print(json.dumps({"uri": path, "text": open(path).read()}))' >stories.jsonl
began=$(date +%s.%N)
parallel --no-notice --pipe --keep-order --block=1M "$galley check --stream --jobs=1; true" <stories.jsonl >stream.jsonl
echo "as a stream: $(echo "$(date +%s.%N) - $began" | bc) s"
cmp stream.jsonl plain.jsonl && echo "the reports are those of a plain run"
