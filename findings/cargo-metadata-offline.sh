#!/usr/bin/env bash
# After a build that succeeded, `cargo metadata --offline` may fail in the same folder, with the same lock file.
#
# A build fetches only what this platform compiles. `cargo metadata` resolves for all platforms by default and wants every package of the
# lock file unpacked, so the first crate that is only for another system ends it. With `--filter-platform` it needs no more than the build
# did. A tool that reads `cargo metadata --offline` therefore works on machines where anything has ever fetched everything, and fails on
# new ones. `cargo tree --offline` filters by the host's platform by default and succeeds.
#
# Seen with cargo 1.95.0 on x86_64 Linux, anstyle-query 1.1.5 (which needs windows-sys on Windows only):
#   cargo check: ok; cargo tree --offline: ok; cargo metadata --offline: exit 101, "failed to download `windows-…`";
#   cargo metadata --offline --filter-platform <host>: ok
set -uo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# A home of its own: what earlier builds on this machine have fetched must not help. A registry that is configured is kept.
home=${CARGO_HOME:-$HOME/.cargo}
mkdir "$work/home"
for config in "$home/config.toml" "$home/config" "$home/credentials.toml"; do
    [ -f "$config" ] && cp "$config" "$work/home/"
done
export CARGO_HOME="$work/home"
mkdir -p "$work/package/src"
cd "$work/package"
printf '[package]\nname = "example"\nversion = "0.0.0"\nedition = "2021"\n[dependencies]\nanstyle-query = "=1.1.5"\n' > Cargo.toml
printf 'pub use anstyle_query::term_supports_color;\n' > src/lib.rs
host=$(rustc -vV | sed -n 's/^host: //p')
case $host in *windows*) echo "on Windows the crate is needed: nothing to see"; exit 0 ;; esac

changed=0
expect() { # what, wanted exit status, command…
    local what=$1 wanted=$2
    shift 2
    "$@" > "$work/out" 2> "$work/err"
    local status=$?
    echo "$what: exit $status"
    [ "$status" -eq 0 ] || grep -m1 '^error' "$work/err"
    [ "$status" -eq "$wanted" ] || { echo "expected $wanted"; changed=1; }
}
cargo --version
expect "cargo check" 0 cargo check
expect "cargo tree --offline" 0 cargo tree --offline --locked
expect "cargo metadata --offline" 101 cargo metadata --offline --locked --format-version 1
expect "cargo metadata --offline --filter-platform $host" 0 cargo metadata --offline --locked --format-version 1 --filter-platform "$host"
exit $changed
