#!/usr/bin/env bash
# Runs one job of this package: nothing where it is done, else the run line below, and leaves DONE or FAILED behind.
# Call: bash run_job.sh jobs/0000_bulk      (a line of jobs.txt; every other script here calls this one)
# Needs: bash and the program below. Modules, MPI and threads are set here, in this one place.
set -euo pipefail

# ---- edit here ------------------------------------------------------------------------------------------------
prepare() {
  # module load ...
  export OMP_NUM_THREADS="${OMP_NUM_THREADS:-1}"
}
run() {
  @COMMAND@
}
# ---- up to here -----------------------------------------------------------------------------------------------

# What the program writes; set aside before another attempt, since some programs append. The first must be there
# after a run.
outputs=(@OUTPUTS@)

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
directory=${1:?call: bash run_job.sh DIRECTORY}
cd "$here/$directory"

[ ! -e DONE ] || exit 0
if [ ! -e structure.extxyz ]; then
  echo "$directory: not a job of this package" >&2
  exit 1
fi

host=$(hostname 2>/dev/null || echo unknown)
now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

# One run at a time: the shell makes RUNNING only where there is none. A mark of a process of this host that is gone
# was left by a killed run.
take() { (set -C; echo "$host $$ $(now)" >RUNNING) 2>/dev/null; }
if ! take; then
  read -r on pid since <RUNNING || true
  if [ "${on:-}" = "$host" ] && [ -n "${pid:-}" ] && ! kill -0 "$pid" 2>/dev/null; then
    rm -f RUNNING
    take || exit 0
  else
    echo "$directory: is running on ${on:-another host} since ${since:-just now}; if not, see resubmit_failed.sh" >&2
    exit 0
  fi
fi

# Marks appear whole: written beside, then renamed.
mark() {
  echo "$2" >"$1.part"
  mv -f "$1.part" "$1"
}
fail() {
  mark FAILED "$1 at $(now) on $host"
  rm -f RUNNING
  echo "$directory: $1" >&2
  exit 1
}

if [ -e DONE ]; then
  # Another run ended between the first look and the lock.
  rm -f RUNNING
  exit 0
fi
rm -f FAILED
attempt=1
while compgen -G "*.$attempt" >/dev/null; do attempt=$((attempt + 1)); done
for name in "${outputs[@]}"; do
  [ ! -e "$name" ] || mv "$name" "$name.$attempt"
done

# In the background and in a process group of its own, so that a signal is heard at once and reaches the program and
# all that it started. `set -e` holds within.
child=
trap '[ -z "$child" ] || kill -TERM -- "-$child" 2>/dev/null || true; fail "stopped by a signal"' TERM INT
set -m
(
  trap - TERM INT
  # Scripts of modules and compilers use variables that may be unset.
  set +u
  prepare
  run
) </dev/null &
child=$!
set +m
code=0
wait "$child" || code=$?

[ "$code" -eq 0 ] || fail "exit $code"
[ -s "${outputs[0]}" ] || fail "exit 0 without ${outputs[0]}"
mark DONE "$(now) on $host"
rm -f RUNNING
