#!/usr/bin/env bash
# Starts a throw-away single-node Slurm without systemd, munge or cgroups, runs the command line given in the current
# folder with it, waits until its queue is empty, and stops it. Needs: slurm-wlm (Debian 12), root. Exit status: that of
# the command; 99 where Slurm does not start.
set -u
work=$(mktemp -d)
mkdir "$work/ctld" "$work/spool"
sed "s#@WORK@#$work#" "$(dirname "${BASH_SOURCE[0]}")/slurm.conf" >"$work/slurm.conf"
export SLURM_CONF=$work/slurm.conf
stop() {
  for daemon in slurmd slurmctld; do [ -s "$work/$daemon.pid" ] && kill "$(cat "$work/$daemon.pid")"; done
  sleep 1
  rm -rf "$work"
}
trap stop EXIT
slurmctld -f "$SLURM_CONF" -c && slurmd -f "$SLURM_CONF" -N localhost || exit 99
for _ in $(seq 100); do
  [ "$(timeout 5 sinfo -h -o %T 2>/dev/null)" = idle ] && break
  sleep 0.1
done
[ "$(timeout 5 sinfo -h -o %T 2>/dev/null)" = idle ] || exit 99
"$@"
status=$?
for _ in $(seq 600); do
  [ -z "$(timeout 5 squeue -h 2>/dev/null)" ] && break
  sleep 0.2
done
exit $status
