#!/bin/bash
# Runs the job array of hosts/scale/slurm.sbatch on a Slurm cluster of one node, this one, and holds
# the report against that of a plain run. Also kills one task at work, which Slurm puts back.
#
#     bench/scale_slurm.sh GALLEY [DOCUMENTS] [TASKS]
#
# Needs slurm-wlm and root. The daemons run with files of their own in a temporary folder.
set -euo pipefail
galley=$(realpath "$1")
n_documents=${2:-4000}
n_tasks=${3:-8}
scale=$(realpath "$(dirname "$0")/../hosts/scale")
folder=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null; wait; rm -rf "$folder"' EXIT
mkdir "$folder/state" "$folder/spool" "$folder/stories"
cat >"$folder/slurm.conf" <<END
ClusterName=galley
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=16817
SlurmdPort=16818
SlurmUser=root
AuthType=auth/none
CredType=cred/none
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=requeue_delay=1
ReturnToService=2
MpiDefault=none
JobAcctGatherType=jobacct_gather/none
NodeName=$(hostname) NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
END
export SLURM_CONF=$folder/slurm.conf
slurmctld -D -f "$SLURM_CONF" >"$folder/slurmctld.log" 2>&1 &
slurmd -D -f "$SLURM_CONF" >"$folder/slurmd.log" 2>&1 &
for _ in $(seq 60); do
    sinfo -h -o %T 2>/dev/null | grep -q idle && break
    sleep 1
done
sinfo -h -o '%N: %T, %c cores'

python3 "$(dirname "$0")/stories.py" "$folder/stories" "$n_documents"
find "$folder/stories" -type f | sort >"$folder/stories.list"
"$galley" check --quiet --files-from="$folder/stories.list" --format=jsonl --output="$folder/plain.jsonl" || true

run_array() { # NAME: seconds of the array
    local began
    began=$(date +%s.%N)
    job=$(GALLEY=$galley sbatch --parsable --array="0-$((n_tasks - 1))" --export=ALL --output="$folder/$1-%a.log" \
        "$scale/slurm.sbatch" "$folder/stories.list" "$folder/$1")
    "${2:-true}"
    while squeue -h -j "$job" 2>/dev/null | grep -q .; do
        sleep 0.2
        # Slurm waits two minutes before it runs a task again that was put back; a test need not.
        squeue -h -j "$job" -t PD -o '%i %r' | sed -n 's/ BeginTime$//p' |
            xargs -r -n1 -I{} scontrol update JobId={} StartTime=now 2>/dev/null || true
    done
    seconds=$(echo "$(date +%s.%N) - $began" | bc)
    cat "$folder/$1"/*.jsonl | cmp - "$folder/plain.jsonl"
    echo "$1: $n_documents documents in $n_tasks tasks: $seconds s, the report is that of a plain run"
}
requeue_one() { # what Slurm does when a node dies under a task
    local task=
    while [ -z "$task" ]; do
        task=$(squeue -h -j "$job" -t R -o %i | head -1)
    done
    scontrol requeue "$task" && echo "put back at work: task $task"
}
run_array calm
run_array requeued requeue_one
