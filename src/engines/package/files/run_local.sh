#!/usr/bin/env bash
# Runs the jobs that are not done on this machine, several at a time, and says how they stand.
# Call: bash run_local.sh [-j N] [--only LIST]      (N at a time, 1 by default; LIST: a file like jobs.txt)
# Needs: bash, xargs and the program of run_job.sh. Exit status: 0 all done, 3 otherwise.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

at_once=1
list=jobs.txt
while [ $# -gt 0 ]; do
  case $1 in
    -j) at_once=${2:?-j needs a number}; shift 2 ;;
    -j*) at_once=${1#-j}; shift ;;
    --only) list=${2:?--only needs a file}; shift 2 ;;
    *) echo "run_local.sh: what is $1?" >&2; exit 1 ;;
  esac
done

# A failed job does not stop the others.
grep . "$list" | tr '\n' '\0' | xargs -0 -n 1 -P "$at_once" bash run_job.sh || true
bash status.sh
