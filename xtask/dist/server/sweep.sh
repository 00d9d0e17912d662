#!/bin/sh
# Removes files in which nothing was ever written, from an edge that is stopped: of conversations that somebody only looked
# into. start.sh does this before it starts the runtime; at most so many at once that nobody waits for it.
#   ./sweep.sh
set -eu

here=$(cd "$(dirname "$0")" && pwd -P)
data=${HOI_DATA:-$here/data}
most=5000
[ -d "$data" ] || exit 0

swept=0
list=$(mktemp)
trap 'rm -f "$list"' EXIT
# A database without a table is one page long.
find "$data" -mindepth 2 -name '*.sqlite' ! -name metadata.sqlite -size -9 | head -n "$most" >"$list"
while read -r file; do
  # What was written last may stand beside it still.
  [ ! -s "$file-wal" ] || continue
  # A first page that is a leaf with no cell (https://sqlite.org/fileformat2.html, 1.6): there is no table.
  page=$(od -An -tx1 -j100 -N5 "$file" | tr -d ' \n')
  [ "$page" = 0d00000000 ] || continue
  rm -f "$file" "$file-wal" "$file-shm"
  swept=$((swept + 1))
done <"$list"
[ "$swept" -eq 0 ] || echo "sweep.sh: $swept empty files removed from $data" >&2
