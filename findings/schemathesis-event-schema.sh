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
set -uo pipefail
work=$(mktemp -d)
trap 'kill "${server:-}" 2> /dev/null; rm -rf "$work"' EXIT
cd "$work"
python3 -m venv python > /dev/null
python/bin/pip install --quiet --disable-pip-version-check schemathesis==4.32.5
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
while [ ! -s port ]; do sleep 0.1; done
describe() { # schema
    printf '{"openapi":"3.1.0","info":{"title":"Stream","version":"1"},"paths":{"/":{"get":{"responses":{"200":{"description":"A stream.",
        "content":{"text/event-stream":{"schema":%s}}}}}}}}' "$1"
}
changed=0
expect() { # what, wanted exit status, schema
    describe "$3" > described.json
    python/bin/st run described.json --url "http://127.0.0.1:$(cat port)" --phases fuzzing --max-examples 5 \
        --checks response_schema_conformance --no-color > said 2>&1
    local status=$?
    echo "$1: exit $status $(grep -o -m1 'ST[0-9]*' said)"
    [ "$status" -eq "$2" ] || { echo "expected $2"; changed=1; }
}
python/bin/st --version
expect "the stream as a string" 1 '{"type":"string"}'
expect "one event as an object" 0 '{"type":"object","required":["data"],"properties":{"data":{"type":"string"}}}'
exit $changed
