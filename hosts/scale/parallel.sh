#!/bin/bash
# A list of documents under GNU parallel, on this machine or on those of --sshloginfile:
#
#     find stories -type f -print0 | parallel.sh reports/ [OPTIONS OF PARALLEL]
#
# Each job takes 200 documents (GALLEY_BATCH) and writes one report, whole or not at all. Run it again
# with the same list after a crash: what the log says is done is not done again. `cat
# reports/*.jsonl` is the report of all, in the order of the list. The exit status is galley's: the
# worst of all jobs.
set -euo pipefail
reports=$1
shift
mkdir -p "$reports"
status=0
# The names of reports come from the number of the job, so that a job that is run again writes the
# same one. A shut gate (1) is no failure of the job, and not a reason to run it again.
GALLEY=${GALLEY:-galley} parallel --null --max-args="${GALLEY_BATCH:-200}" --env=GALLEY --quote \
    --joblog="$reports/joblog" --resume-failed --no-notice "$@" \
    sh -c 'out=$1; shift
           "$GALLEY" check --quiet --jobs=1 --format=jsonl --output="$out" "$@"
           status=$?
           echo "$status" >"$out.status"
           [ "$status" -le 1 ]' galley "$reports/{=1 \$_ = sprintf(\"%06d\", seq()) =}.jsonl" {} ||
    status=2
for file in "$reports"/*.status; do
    worst=$(cat "$file")
    [ "$worst" -le "$status" ] || status=$worst
done
exit "$status"
