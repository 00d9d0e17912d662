// An agency's side whose types and calls @hey-api/openapi-ts made of our description, into the folder `client`.

import { createHash } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { createClient, type Client } from './client/client';
import { fetchFile, sendCallback } from './client/sdk.gen';
import type { AnswerCallback, Question } from './client/types.gen';
import { EDGE, OTHER_SECRET, SECRET, serveAgency } from './exchange.mjs';

const RESULT = '%PDF-1.7\n% made in TypeScript\n%%EOF\n';

/** A client that signs what it sends, over the bytes as they are sent. */
const openClient = (secret: string): Client => {
  const client = createClient({ baseUrl: EDGE });
  client.interceptors.request.use(async (request) => {
    const body = await request.clone().text();
    const at = new Date(1000 * Number(request.headers.get('webhook-timestamp')));
    request.headers.set('webhook-signature', new Webhook(secret).sign(request.headers.get('webhook-id')!, at, body));
    return request;
  });
  return client;
};

const nameCall = (name: string) => ({
  'webhook-id': name,
  'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
});

const verify = (body: string, headers: Record<string, string>): boolean => {
  try {
    new Webhook(SECRET).verify(body, headers);
    return true;
  } catch {
    return false;
  }
};

const fetchPaper = async (client: Client, question: Question): Promise<number> => {
  const paper = question.files![0]!;
  const answer = await fetchFile({
    client,
    path: { site: question.site, file: paper.id },
    headers: nameCall(`file_${paper.id}`),
    body: { type: 'file', conversation: question.conversation, file: paper.id },
  });
  const content = Buffer.from(await (answer.data as Blob).arrayBuffer());
  const digest = createHash('sha256').update(content).digest('hex');
  if (digest !== paper.sha256) throw new Error('the file came changed');
  return content.length;
};

const postCallback = async (client: Client, question: Question): Promise<number | string | null> => {
  const said: { type: 'answer' } & AnswerCallback = {
    type: 'answer',
    conversation: question.conversation,
    seq: question.seq,
    text: 'Đã đọc bằng TypeScript: ' + question.text,
    files: [{ name: 'ket-qua.pdf', data: Buffer.from(RESULT).toString('base64') }],
  };
  const { data, response } = await sendCallback({
    client,
    path: { site: question.site },
    headers: nameCall('client-1'),
    body: said,
  });
  return data ? data.seq : `status ${response?.status}`;
};

serveAgency(verify, async (question: Question) => {
  const client = openClient(SECRET);
  return {
    fetched: await fetchPaper(client, question),
    forged: await postCallback(openClient(OTHER_SECRET), question),
    seq: await postCallback(client, question),
    again: await postCallback(client, question),
  };
});
