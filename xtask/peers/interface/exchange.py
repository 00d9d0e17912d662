"""What every agency's side of the lab in Python does: it takes one question, and tells the lab as JSON what came of it.

The lab says in the environment where to listen (AGENCY_PORT), where the edge is (EDGE) and what both sign with (AGENCY_SECRET).
"""

import json
import os
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

EDGE = os.environ["EDGE"]
SECRET = os.environ["AGENCY_SECRET"]
# The edge has another one.
OTHER_SECRET = "whsec_QW5vdGhlciBzZWNyZXQgdGhhdCBub2JvZHkgaGFzLi4u"


def serve_agency(verify, act):
    """Answers what `verify(body, headers)` believes with 202 and everything else with 401; `act(question)` follows in its own time."""

    def act_and_tell(question):
        try:
            told = act(question)
        except Exception as error:  # The lab prints it.
            told = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(told), flush=True)

    class Agency(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            believed = verify(body, {name.lower(): value for name, value in self.headers.items()})
            answer = b"{}"
            self.send_response(202 if believed else 401)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
            if believed:
                threading.Thread(target=act_and_tell, args=[json.loads(body)]).start()

        def log_message(self, form, *values):
            print(form % values, file=sys.stderr)

    ThreadingHTTPServer(("127.0.0.1", int(os.environ["AGENCY_PORT"])), Agency).serve_forever()
