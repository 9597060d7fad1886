#!/usr/bin/env bash
# Counts the jobs that are done, failed, running and not yet run, and lists all but the done ones.
# Call: bash status.sh      or: bash status.sh --list done|failed|running|missing      (directories only)
# Needs: bash. Exit status: 0 all done, 3 otherwise. A job that was killed outright counts as running.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

done=() failed=() running=() missing=()
while IFS= read -r directory || [ -n "$directory" ]; do
  [ -n "$directory" ] || continue
  if [ -e "$directory/DONE" ]; then done+=("$directory")
  elif [ -e "$directory/RUNNING" ]; then running+=("$directory")
  elif [ -e "$directory/FAILED" ]; then failed+=("$directory")
  else missing+=("$directory")
  fi
done <jobs.txt

# Bash before 4.4 takes an empty array for an unset one.
if [ "${1:-}" = --list ]; then
  case ${2:-} in
    done) [ ${#done[@]} -eq 0 ] || printf '%s\n' "${done[@]}" ;;
    failed) [ ${#failed[@]} -eq 0 ] || printf '%s\n' "${failed[@]}" ;;
    running) [ ${#running[@]} -eq 0 ] || printf '%s\n' "${running[@]}" ;;
    missing) [ ${#missing[@]} -eq 0 ] || printf '%s\n' "${missing[@]}" ;;
    *) echo "status.sh: --list done, failed, running or missing" >&2; exit 1 ;;
  esac
  exit 0
fi

echo "done ${#done[@]}, failed ${#failed[@]}, running ${#running[@]}, missing ${#missing[@]}"
[ ${#failed[@]} -eq 0 ] || for directory in "${failed[@]}"; do echo "failed   $directory: $(cat "$directory/FAILED")"; done
[ ${#running[@]} -eq 0 ] || for directory in "${running[@]}"; do echo "running  $directory: $(cat "$directory/RUNNING")"; done
[ ${#missing[@]} -eq 0 ] || printf 'missing  %s\n' "${missing[@]}"
[ $((${#failed[@]} + ${#running[@]} + ${#missing[@]})) -eq 0 ] || exit 3
