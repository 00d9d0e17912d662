#!/usr/bin/env bash
# Schemathesis holds each event of a `text/event-stream` against the media type's `schema`, as an object with `data` and `event`.
#
# OpenAPI 3.1 says of a media type's schema that it is that of the content; of streams it says nothing (3.2 has `itemSchema` for that). A
# description that calls the whole stream `{"type": "string"}` is valid 3.1, and the tester reports every stream as wrong (ST108): "is not
# of type "string"". It is content with a schema of one event, `{"type": "object", "properties": {"data": {"type": "string"}}}`, which is
# also what makers of clients tend to expect. So write down the event, not the stream.
#
# Seen with schemathesis 4.32.5, Python 3.11:
#   the stream as a string: exit 1, ST108
#   one event as an object: exit 0
#
# Ends with 0 if it is still so, with 1 if it has changed, with 2 if it could not be tried.
set -uo pipefail
fail() { echo "not tried: $*" >&2; exit 2; }
work=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv python > /dev/null || fail "python3 makes no environment"
# With what it used then: those that read the description and hold answers against it.
python/bin/pip install --quiet --disable-pip-version-check schemathesis==4.32.5 hypothesis==6.170.17 jsonschema_rs==0.60.3 requests==2.34.2 ||
    fail "schemathesis can't be installed"
cat > server.py <<'PY'
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
class Stream(BaseHTTPRequestHandler):
    def do_GET(self):
        body = b'data: {"delta":"Hello"}\n\n'
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
server = ThreadingHTTPServer(("127.0.0.1", 0), Stream)
print(server.server_port, flush=True)
server.serve_forever()
PY
python/bin/python server.py > port &
server=$!
for _ in $(seq 100); do [ ! -s port ] || break; sleep 0.1; done
[ -s port ] || fail "the server does not start"
describe() { # schema
    printf '{"openapi":"3.1.0","info":{"title":"Stream","version":"1"},"paths":{"/":{"get":{"responses":{"200":{"description":"A stream.",
        "content":{"text/event-stream":{"schema":%s}}}}}}}}' "$1"
}
changed=0
expect() { # what, wanted exit status, wanted code, schema
    describe "$4" > described.json
    timeout 120 python/bin/st run described.json --url "http://127.0.0.1:$(cat port)" --phases fuzzing --max-examples 5 \
        --checks response_schema_conformance --no-color > said 2>&1
    local status=$? code
    code=$(grep -o -m1 'ST[0-9][0-9]*' said || true)
    echo "$1: exit $status${code:+, $code}"
    # Neither that all is well nor that an answer is wrong: it could not do its work.
    [ "$status" -le 1 ] && { [ "$status" -eq 0 ] || [ -n "$code" ]; } || { cat said >&2; fail "schemathesis ended with $status"; }
    [ "$status, $code" = "$2, $3" ] || { echo "has changed: expected exit $2${3:+, $3}"; changed=1; }
}
python/bin/st --version || fail "schemathesis does not start"
expect "the stream as a string" 1 ST108 '{"type":"string"}'
expect "one event as an object" 0 "" '{"type":"object","required":["data"],"properties":{"data":{"type":"string"}}}'
exit $changed
