// What every agency's side of the lab in JavaScript does; see exchange.py.

import { createServer } from 'node:http';

export const { EDGE, AGENCY_SECRET: SECRET } = process.env;
// The edge has another one.
export const OTHER_SECRET = 'whsec_QW5vdGhlciBzZWNyZXQgdGhhdCBub2JvZHkgaGFzLi4u';

/** Answers what `verify(body, headers)` believes with 202 and everything else with 401; `act(question)` follows in its own time. */
export const serveAgency = (verify, act) => {
  createServer(async (request, response) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    const body = Buffer.concat(pieces).toString();
    const believed = verify(body, request.headers);
    response.writeHead(believed ? 202 : 401, { 'content-type': 'application/json' }).end('{}');
    if (!believed) return;
    const told = await act(JSON.parse(body)).catch((error) => ({ error: String(error) }));
    console.log(JSON.stringify(told));
  }).listen(Number(process.env.AGENCY_PORT), '127.0.0.1');
};
