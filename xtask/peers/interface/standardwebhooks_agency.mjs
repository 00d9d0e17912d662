// An agency's side that signs and verifies with a library that speaks Standard Webhooks; LIBRARY names it.

import { EDGE, OTHER_SECRET, SECRET, serveAgency } from './exchange.mjs';

const { Webhook } = await import(process.env.LIBRARY);

const verify = (body, headers) => {
  try {
    new Webhook(SECRET).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

const postCallback = async (question, secret) => {
  const { conversation, seq, site, text } = question;
  const body = JSON.stringify({ type: 'answer', conversation, seq, text: 'Đã đọc bằng JavaScript: ' + text });
  const name = 'javascript-1', now = new Date();
  const headers = {
    'content-type': 'application/json',
    'webhook-id': name,
    'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(name, now, body),
  };
  const answer = await fetch(`${EDGE}/s/${site}/callback`, { method: 'POST', headers, body });
  return answer.ok ? (await answer.json()).seq : `status ${answer.status}`;
};

serveAgency(verify, async (question) => ({
  forged: await postCallback(question, OTHER_SECRET),
  seq: await postCallback(question, SECRET),
  again: await postCallback(question, SECRET),
}));
