"""What Schemathesis can't know: how a call is signed, and which bytes a file may have."""

import base64
import os
import time
from datetime import datetime, timezone

import schemathesis
from requests.auth import AuthBase
from standardwebhooks.webhooks import Webhook

FILE = base64.b64encode(b"%PDF-1.7\n%%EOF\n").decode()


class SignedCalls(AuthBase):
    """Signs what is sent, over the bytes as they are sent, and now: that isn't to be made up."""

    def __init__(self, secret):
        self.webhook = Webhook(secret)

    def __eq__(self, other):
        return isinstance(other, SignedCalls)

    def __call__(self, request):
        name, now = request.headers.get("webhook-id"), int(time.time())
        if name is None or "webhook-timestamp" not in request.headers:
            return request
        name = name.decode() if isinstance(name, bytes) else name
        body = request.body or b""
        body = body.decode("utf-8", "replace") if isinstance(body, bytes) else body
        request.headers["webhook-timestamp"] = str(now)
        signature = self.webhook.sign(name, datetime.fromtimestamp(now, timezone.utc), body)
        request.headers["webhook-signature"] = signature
        return request


schemathesis.auth.set_from_requests(SignedCalls(os.environ["AGENCY_SECRET"]))


@schemathesis.hook
def map_body(context, body):
    """A file's kind is told by its first bytes, which a schema can't say."""
    files = body.get("files") if isinstance(body, dict) else None
    for file in files if isinstance(files, list) else []:
        if isinstance(file, dict) and isinstance(file.get("data"), str) and file["data"]:
            file["data"] = FILE
    return body
