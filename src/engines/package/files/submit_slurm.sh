#!/usr/bin/env bash
#SBATCH --job-name=replicas
#SBATCH --nodes=1
#SBATCH --ntasks=1
#SBATCH --time=24:00:00
#SBATCH --output=slurm-%A_%a.out
# Submits the jobs that are not done as a Slurm array, whose index is the line of jobs.txt. Edit the lines above.
# Call: bash submit_slurm.sh [-k N] [--only LIST] [options of sbatch]      (N jobs at a time, 20 by default)
# Needs: sbatch, and run_job.sh edited for this cluster.
set -euo pipefail

if [ -n "${REPLICAS_FROM_LINE:-}" ] && [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
  # Within the array: sbatch starts in the package.
  directory=$(sed -n "$((REPLICAS_FROM_LINE + SLURM_ARRAY_TASK_ID))p" jobs.txt)
  exec bash run_job.sh "$directory"
fi
if [ -n "${SLURM_JOB_ID:-}" ] && [ ! -e "$(dirname "${BASH_SOURCE[0]}")/jobs.txt" ]; then
  echo "Call it with bash, not with sbatch: bash submit_slurm.sh" >&2
  exit 1
fi
cd "$(dirname "${BASH_SOURCE[0]}")"

at_once=20
list=jobs.txt
while [ $# -gt 0 ]; do
  case $1 in
    -k) at_once=${2:?-k needs a number}; shift 2 ;;
    --only) list=${2:?--only needs a file}; shift 2 ;;
    *) break ;;
  esac
done

# Slurm refuses indices above MaxArraySize (1000 on most clusters): longer lists go in several arrays.
block=1000
blocks=()
line=0
while IFS= read -r directory || [ -n "$directory" ]; do
  line=$((line + 1))
  if [ -z "$directory" ] || [ -e "$directory/DONE" ] || ! grep -Fxq -- "$directory" "$list"; then continue; fi
  index=$(((line - 1) / block))
  blocks[index]=${blocks[index]:+${blocks[index]},}$(((line - 1) % block + 1))
done <jobs.txt

if [ ${#blocks[@]} -eq 0 ]; then
  echo "Nothing to submit: all done."
  exit 0
fi
# 1,2,3,7 as 1-3,7
ranges() {
  tr ',' '\n' | awk '
    NR > 1 && $1 == last + 1 { last = $1; next }
    NR > 1 { printf "%s%s", (n++ ? "," : ""), (first == last ? first : first "-" last) }
    { first = last = $1 }
    END { printf "%s%s\n", (n ? "," : ""), (first == last ? first : first "-" last) }'
}
for index in "${!blocks[@]}"; do
  sbatch --array="$(ranges <<<"${blocks[index]}")%$at_once" --chdir="$PWD" \
    --export="ALL,REPLICAS_FROM_LINE=$((index * block))" "$@" "$PWD/submit_slurm.sh"
done
