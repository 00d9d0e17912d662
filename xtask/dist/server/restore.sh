#!/bin/sh
# Puts a backup of backup.sh in the place of the data, but for what was erased since: a conversation that somebody had
# deleted stays deleted.
#   ./restore.sh /backup/hoi-2026-11-24
# The edge must be stopped. What was there before is kept beside it until you delete it. Then start the edge and run what this
# prints. Needs the sqlite3 command.
set -eu

fail() {
  printf 'restore.sh: %s\n' "$1" >&2
  exit 1
}

here=$(cd "$(dirname "$0")" && pwd -P)
data=${HOI_DATA:-$here/data}
from=${1:-}
[ -n "$from" ] || fail "name the backup, for example: ./restore.sh /backup/hoi-2026-11-24"
[ -d "$from" ] || fail "there is no $from"
command -v sqlite3 >/dev/null || fail "the sqlite3 command is missing; on Debian and Ubuntu: apt install sqlite3"

# The edge would go on writing into what is put aside here, and all of that would be lost.
if [ -e "$data/lock" ] && command -v flock >/dev/null; then
  exec 9<"$data/lock"
  flock -n 9 || fail "the edge is running on $data; end it first"
fi

umask 077
stamp=$(date +%Y%m%d-%H%M%S)
new=$data.restoring-$stamp
list=$data.erased-$stamp.txt
mkdir -p "$(dirname "$data")"
cp -R "$from" "$new"
: >"$list"
if [ -d "$data" ]; then
  # What was erased says so, in its file or in what was not moved there yet.
  (cd "$data" && grep -rl '"erased":{"whose"' . --include='*.sqlite' --include='*.sqlite-wal' || true) |
    sed 's/-wal$//' | sort -u >"$new.found"
  while read -r file; do
    whose=$(sqlite3 -readonly "$data/$file" "SELECT json_extract(json, '\$.erased.whose.site') || ' ' || \
      json_extract(json, '\$.erased.whose.conversation') FROM tombstone" 2>/dev/null) || continue
    [ -n "$whose" ] || continue
    printf '%s\n' "$whose" >>"$list"
    # One that the backup does not have was begun after it.
    [ -f "$new/$file" ] || continue
    rm -f "$new/$file" "$new/$file-wal" "$new/$file-shm"
    sqlite3 -readonly "$data/$file" ".timeout 20000" ".backup '$new/$file'" || fail "$file could not be copied"
  done <"$new.found"
  rm -f "$new.found"
  mv "$data" "$data.before-$stamp"
  echo "restore.sh: what was there before is in $data.before-$stamp; delete it when all is well"
fi
mv "$new" "$data"
echo "restore.sh: $(wc -l <"$list" | tr -d ' ') conversations erased since then stay erased"
if [ -s "$list" ]; then
  echo "restore.sh: start the edge, then: bin/hoi erase --again $list"
else
  rm -f "$list"
fi
