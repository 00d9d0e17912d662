#!/bin/sh
# Removes files in which nothing was ever written, from an edge that is stopped: of conversations that somebody only looked
# into. start.sh does this before it starts the runtime. Visitors wait for it, so it stops after some seconds; the next start
# goes on.
#   ./sweep.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
data=${HOI_DATA:-$here/data}
most=20000
longest=${HOI_SWEEP_SECONDS:-5}
[ -d "$data" ] || exit 0

seen=0
until=$(($(date +%s) + longest))
list=$(mktemp)
empty=$(mktemp)
trap 'rm -f "$list" "$empty"' EXIT
# A database without a table is one page long.
find "$data" -mindepth 2 -name '*.sqlite' ! -name metadata.sqlite -size -9 | head -n "$most" >"$list"
while read -r file; do
  seen=$((seen + 1))
  [ $((seen % 100)) -ne 0 ] || [ "$(date +%s)" -lt "$until" ] || break
  # What was written last may stand beside it still.
  [ ! -s "$file-wal" ] || continue
  # A first page that is a leaf with no cell (https://sqlite.org/fileformat2.html, 1.6): there is no table.
  [ "$(od -An -tx1 -j100 -N5 "$file")" = ' 0d 00 00 00 00' ] || continue
  printf '%s\n' "$file" "$file-wal" "$file-shm"
done <"$list" >"$empty"
[ -s "$empty" ] || exit 0
tr '\n' '\0' <"$empty" | xargs -0 rm -f
echo "sweep.sh: $(($(wc -l <"$empty") / 3)) empty files removed from $data" >&2
