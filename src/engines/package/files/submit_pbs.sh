#!/usr/bin/env bash
#PBS -N replicas
#PBS -l select=1:ncpus=1
#PBS -l walltime=24:00:00
#PBS -j oe
# Submits the jobs that are not done as a PBS array. Edit the lines above; Torque: -l nodes=1:ppn=1.
# Call: bash submit_pbs.sh [--only LIST] [options of qsub]      (Torque: PBS_ARRAY=-t bash submit_pbs.sh)
# Needs: qsub, and run_job.sh edited for this cluster.
set -euo pipefail

if [ -n "${REPLICAS_TODO:-}" ] && [ -n "${PBS_JOBID:-}" ]; then
  # Within the array: the index is a line of the list that was made at submission.
  cd "$PBS_O_WORKDIR"
  directory=$(sed -n "${PBS_ARRAY_INDEX:-${PBS_ARRAYID:-1}}p" "$REPLICAS_TODO")
  exec bash run_job.sh "$directory"
fi
cd "$(dirname "${BASH_SOURCE[0]}")"

list=jobs.txt
if [ "${1:-}" = --only ]; then
  list=${2:?--only needs a file}
  shift 2
fi

todo="pbs_$(date -u +%Y%m%d-%H%M%S)_$$.txt"
: >"$todo"
while IFS= read -r directory || [ -n "$directory" ]; do
  if [ -z "$directory" ] || [ -e "$directory/DONE" ]; then continue; fi
  echo "$directory" >>"$todo"
done <"$list"

count=$(wc -l <"$todo" | tr -d ' ')
if [ "$count" -eq 0 ]; then
  rm -f "$todo"
  echo "Nothing to submit: all done."
  exit 0
fi
# PBS refuses an array of one.
array=()
[ "$count" -eq 1 ] || array=("${PBS_ARRAY:--J}" "1-$count")
qsub ${array[@]+"${array[@]}"} -v "REPLICAS_TODO=$todo" "$@" submit_pbs.sh
