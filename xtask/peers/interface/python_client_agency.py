"""An agency's side whose types and calls openapi-python-client made of our description (the package `agency_client`)."""

import base64
import hashlib
import time

import httpx
from exchange import EDGE, OTHER_SECRET, SECRET, serve_agency
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from agency_client import Client
from agency_client.api.callbacks import send_callback
from agency_client.api.files import fetch_file
from agency_client.models import AnswerCallback, FileWish, Lying, Question

RESULT = b"%PDF-1.7\n% made in Python\n%%EOF\n"


class SignedCalls(httpx.Auth):
    """Signs what is sent, over the bytes as they are sent."""

    requires_request_body = True

    def __init__(self, secret):
        self.webhook = Webhook(secret)

    def auth_flow(self, request):
        from datetime import datetime, timezone

        at = datetime.fromtimestamp(int(request.headers["webhook-timestamp"]), timezone.utc)
        name = request.headers["webhook-id"]
        request.headers["webhook-signature"] = self.webhook.sign(name, at, request.content.decode())
        yield request


def open_client(secret):
    return Client(base_url=EDGE, httpx_args={"auth": SignedCalls(secret)})


def verify(body, headers):
    try:
        Webhook(SECRET).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


def fetch_paper(client, question):
    paper = question.files[0]
    wish = FileWish(type_="file", conversation=question.conversation, file=paper.id)
    name, now = f"file_{paper.id}", str(int(time.time()))
    answer = fetch_file.sync_detailed(
        question.site, paper.id, client=client, body=wish, webhook_id=name, webhook_timestamp=now
    )
    content = answer.parsed.payload.read()
    assert hashlib.sha256(content).hexdigest() == paper.sha256, "the file came changed"
    return len(content)


def post_callback(client, question):
    file = Lying(name="ket-qua.pdf", data=base64.b64encode(RESULT).decode())
    said = AnswerCallback(
        type_="answer",
        conversation=question.conversation,
        seq=question.seq,
        text="Đã đọc bằng Python: " + question.text,
        files=[file],
    )
    now = str(int(time.time()))
    answer = send_callback.sync_detailed(
        question.site, client=client, body=said, webhook_id="client-1", webhook_timestamp=now
    )
    return answer.parsed.seq if answer.status_code == 200 else f"status {answer.status_code}"


def act(received):
    question, client = Question.from_dict(received), open_client(SECRET)
    # Nothing that was sent is lost on the way through the types.
    assert question.to_dict() == received, f"{question.to_dict()} instead of {received}"
    return {
        "fetched": fetch_paper(client, question),
        "forged": post_callback(open_client(OTHER_SECRET), question),
        "seq": post_callback(client, question),
        "again": post_callback(client, question),
    }


serve_agency(verify, act)
