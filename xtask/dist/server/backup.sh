#!/bin/sh
# Copies everything visitors wrote, and every published site, to a new folder, whether the edge runs or not:
#   ./backup.sh /backup/hoi-2026-11-24
# To restore: stop the edge, ./restore.sh /backup/hoi-2026-11-24, start it. Needs the sqlite3 command (Debian, Ubuntu:
# apt install sqlite3).
set -eu

fail() {
  printf 'backup.sh: %s\n' "$1" >&2
  exit 1
}

here=$(cd "$(dirname "$0")" && pwd -P)
data=${HOI_DATA:-$here/data}
to=${1:-}
[ -n "$to" ] || fail "name a folder that is not there yet, for example: ./backup.sh /backup/hoi-$(date +%F)"
[ ! -e "$to" ] || fail "$to is there already; a backup gets a new folder"
[ -d "$data" ] || fail "there is no $data; set HOI_DATA to where the edge keeps its data"
command -v sqlite3 >/dev/null || fail "the sqlite3 command is missing; on Debian and Ubuntu: apt install sqlite3"

umask 077
mkdir -p "$to"
list=$(mktemp)
trap 'rm -f "$list"' EXIT
# Every conversation is a file of its own, whole in itself: it does no harm that they are copied one after the other.
(cd "$data" && find . -name '*.sqlite') >"$list"
copied=0
while read -r file; do
  # A conversation whose time was over may have gone since the list was made.
  [ -f "$data/$file" ] || continue
  mkdir -p "$to/$(dirname "$file")"
  sqlite3 -readonly "$data/$file" ".timeout 20000" ".backup '$to/$file'" || fail "$file could not be copied"
  [ "$(sqlite3 "$to/$file" 'PRAGMA quick_check')" = ok ] || fail "the copy of $file is damaged"
  copied=$((copied + 1))
done <"$list"
echo "backup.sh: $copied files in $to"
