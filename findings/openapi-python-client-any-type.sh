#!/usr/bin/env bash
# openapi-python-client leaves a response out whose media type is the range `*/*`, and succeeds.
#
# `*/*` is a valid key of a response's content (OpenAPI 3.1, Response Object: "a media type or media type range"), and the only honest one for
# a server that hands out files of many kinds. The client that is made has the function, but what it returns for that status is nothing:
# the bytes are lost to whoever reads `.parsed`. A line on standard output says so; the exit status is 0. With `application/octet-stream`
# beside the range the function returns a `File`, whatever type the server really sends.
#
# Seen with openapi-python-client 0.29.1, Python 3.11:
#   */* alone: exit 0, no File
#   application/octet-stream and */*: exit 0, File
#
# Ends with 0 if it is still so, with 1 if it has changed, with 2 if it could not be tried.
set -uo pipefail
fail() { echo "not tried: $*" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv python > /dev/null || fail "python3 makes no environment"
# With what it used then: those that read the description and write the code.
python/bin/pip install --quiet --disable-pip-version-check openapi-python-client==0.29.1 pydantic==2.14.4 httpx==0.28.1 typer==0.27.3 ||
    fail "openapi-python-client can't be installed"
echo '{"post_hooks": []}' > settings.json
bytes='{"schema":{"type":"string","format":"binary"}}'
changed=0
expect() { # what, wanted, content
    printf '{"openapi":"3.1.0","info":{"title":"Files","version":"1"},"paths":{"/file":{"get":{"operationId":"fetchFile","tags":["files"],
        "responses":{"200":{"description":"The bytes.","content":%s}}}}}}' "$3" > described.json
    rm -rf made
    timeout 120 python/bin/openapi-python-client generate --path described.json --meta none --config settings.json --output-path made > said 2>&1
    local status=$? file=made/api/files/fetch_file.py seen="no File"
    # Without the function it is not to be seen what it would return.
    [ "$status" -le 1 ] && { [ "$status" -ne 0 ] || [ -f "$file" ]; } || { cat said >&2; fail "the client was not made (exit $status)"; }
    ! grep -qs 'File(' "$file" || seen=File
    echo "$1: exit $status, $seen"
    [ "$status, $seen" = "0, $2" ] || { cat said; echo "has changed: expected exit 0, $2"; changed=1; }
}
python/bin/openapi-python-client --version || fail "openapi-python-client does not start"
expect "*/* alone" "no File" "{\"*/*\":$bytes}"
expect "application/octet-stream and */*" File "{\"application/octet-stream\":$bytes,\"*/*\":$bytes}"
exit $changed
