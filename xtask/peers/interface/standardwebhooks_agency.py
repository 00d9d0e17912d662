"""An agency's side that signs and verifies with the library `standardwebhooks`."""

import json
from datetime import datetime, timezone
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from exchange import EDGE, OTHER_SECRET, SECRET, serve_agency
from standardwebhooks.webhooks import Webhook, WebhookVerificationError


def verify(body, headers):
    try:
        Webhook(SECRET).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


def post_callback(question, secret):
    body = json.dumps({
        "type": "answer",
        "conversation": question["conversation"],
        "seq": question["seq"],
        "text": "Đã đọc bằng Python: " + question["text"],
    })
    name, now = "python-1", datetime.now(timezone.utc)
    headers = {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(name, now, body),
    }
    try:
        with urlopen(Request(f"{EDGE}/s/{question['site']}/callback", body.encode(), headers)) as answer:
            return json.load(answer)["seq"]
    except HTTPError as error:
        return f"status {error.code}"


def act(question):
    forged = post_callback(question, OTHER_SECRET)
    return {"forged": forged, "seq": post_callback(question, SECRET), "again": post_callback(question, SECRET)}


serve_agency(verify, act)
