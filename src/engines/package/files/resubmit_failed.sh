#!/usr/bin/env bash
# Submits the failed jobs again, and only those; with --killed also those that a killed run left marked as running.
# Call: bash resubmit_failed.sh [--killed] [slurm|pbs|local] [options of that script]      (only when the queue is empty)
# Needs: what submit_slurm.sh, submit_pbs.sh or run_local.sh needs; without a word, the first that this machine has.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

killed=no
if [ "${1:-}" = --killed ]; then
  killed=yes
  shift
fi
case ${1:-} in
  slurm | pbs | local) where=$1; shift ;;
  *)
    where=local
    if command -v qsub >/dev/null; then where=pbs; fi
    if command -v sbatch >/dev/null; then where=slurm; fi
    ;;
esac

again=$(mktemp "${TMPDIR:-/tmp}/again.XXXXXX")
trap 'rm -f "$again"' EXIT
bash status.sh --list failed >"$again"
[ "$killed" = no ] || bash status.sh --list running >>"$again"
if [ ! -s "$again" ]; then
  echo "Nothing has failed."
  exit 0
fi
echo "Again: $(wc -l <"$again" | tr -d ' ') jobs."
while IFS= read -r directory; do
  rm -f "$directory/RUNNING"
  [ ! -e "$directory/FAILED" ] || mv -f "$directory/FAILED" "$directory/FAILED.before"
done <"$again"

code=0
case $where in
  slurm) bash submit_slurm.sh --only "$again" "$@" || code=$? ;;
  pbs) bash submit_pbs.sh --only "$again" "$@" || code=$? ;;
  local) bash run_local.sh --only "$again" "$@" || code=$? ;;
esac

# What could not be submitted has still failed.
while IFS= read -r directory; do
  [ -e "$directory/FAILED.before" ] || continue
  if [ "$code" -ne 0 ] && [ ! -e "$directory/DONE" ] && [ ! -e "$directory/FAILED" ]; then
    mv "$directory/FAILED.before" "$directory/FAILED"
  else
    rm -f "$directory/FAILED.before"
  fi
done <"$again"
exit "$code"
