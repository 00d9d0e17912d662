/*
 * The transport where no socket gets through: it looks like a WebSocket, and posts. Frames go one after the other;
 * an answer that goes on, or the answer to each post, brings the others. How it closes says why it did: `code` is the
 * status of the answer that ended it, `wait` how many milliseconds whoever gave it asks to wait.
 */

const LINES = "application/x-ndjson";

/** So often in a row a message is not taken, while everything else is, before it counts as refused. */
const TRIES = 3;

/** How often a message was not taken, by its id: a connection that ended over it is opened anew. */
const tries = new Map();

/** A connection of posts to `url`. Nothing is asked before the first frame; where it `streams`, that one's answer goes on. */
export function open(url, ticket, streams) {
  const waiting = [];
  const abort = new AbortController();
  let busy = false;
  let heard = false;

  const connection = {
    send(frame) {
      // Whether anything came since this was last asked is the answer to a ping.
      if (frame === "ping") {
        if (heard) hear("pong");
        heard = false;
      } else if (streams) {
        streams = false;
        listen(frame).catch(close);
      } else {
        waiting.push(frame);
        if (!busy) speak().catch(close);
      }
    },
    /** Breaks off what is asked. What it brings is not heard any more. */
    close() {
      abort.abort();
      connection.onopen = connection.onmessage = connection.onclose = null;
    },
  };
  setTimeout(() => connection.onopen && connection.onopen());
  return connection;

  function hear(data) {
    heard = true;
    if (connection.onmessage) connection.onmessage({ data });
  }

  function hearFault(id, code, retry_ms) {
    // By hand, as in `hoiSaid`.
    const more = (name, value) => (value === undefined || value === null ? "" : `,"${name}":${JSON.stringify(value)}`);
    hear(`{"t":"fault","code":${JSON.stringify(String(code))}${more("id", id)}${more("retry_ms", retry_ms)}}`);
  }

  /** Whatever is thrown that is no refusal has no status: nobody answered, or the answer broke off. */
  function close({ status, wait, fault }) {
    if (fault) hearFault(undefined, ...fault);
    if (connection.onclose) connection.onclose({ code: status || 0, wait: wait || 0 });
    connection.close();
  }

  /** Posts; what is thrown where the answer is not the edge's or a refusal is what can be read of it. */
  async function post(frame, accept) {
    let body = `{"ticket":${JSON.stringify(ticket)},"up":[${frame}]}`;
    // As in `hoiAsk` (widget/shell.js).
    if (url.startsWith(location.origin + "/")) body = new Blob([body], { type: "application/json" });
    const ask = (redirect) => fetch(url, { method: "POST", body, headers: { accept }, redirect, signal: abort.signal });
    // A sign-in elsewhere may not be read from here, and looks as if nobody had answered: asked again, it is a way to somewhere.
    const answer = await ask("follow").catch(() => ask("manual"));
    if (answer.ok && (answer.headers.get("content-type") || "").startsWith(accept)) return answer;
    throw await readRefusal(answer);
  }

  async function speak() {
    busy = true;
    while (waiting.length) {
      const frame = waiting.shift();
      const { id } = JSON.parse(frame);
      const answer = await post(frame, LINES).catch((refusal) => checkLine(id, refusal));
      if (!answer) continue;
      tries.delete(id);
      (await answer.text()).split("\n").filter(Boolean).forEach(hear);
    }
    busy = false;
  }

  /** A message was not taken. Where the line takes everything else it is the message, and its author is told; else the line has ended. */
  async function checkLine(id, refusal) {
    const { status, fault } = refusal;
    // What the edge itself says of the line or of time is not about this message.
    if (!id || (fault && status !== 400 && status !== 413)) throw refusal;
    await post("", LINES);
    const lasting = status > 399 && status < 500 && ![401, 407, 408, 421, 425, 429].includes(status);
    const times = lasting ? TRIES : (tries.get(id) || 0) + 1;
    tries.set(id, times);
    if (times < TRIES) throw refusal;
    tries.delete(id);
    hearFault(id, fault ? fault[0] : "blocked");
  }

  async function listen(frame) {
    const reader = (await post(frame, "text/event-stream")).body.getReader();
    const decoder = new TextDecoder();
    let held = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) throw done;
      heard = true;
      // An event ends with an empty line; a comment is one without data.
      const events = (held + decoder.decode(value, { stream: true })).split("\n\n");
      held = events.pop();
      for (const event of events) if (event.startsWith("data: ")) hear(event.slice(6).trimEnd());
    }
  }
}

/** What an answer says that brings no frames. The edge's own says what is wrong, and nothing else. */
async function readRefusal(answer) {
  const { error, retry_ms, ...more } = Object(await answer.json().catch(Object));
  const fault = typeof error === "string" && !Object.keys(more).length && [error, retry_ms];
  const after = answer.headers.get("retry-after");
  const wait = after && (Number(after) * 1000 || Date.parse(after) - Date.now());
  return { status: answer.type === "opaqueredirect" ? 302 : answer.status, fault, wait: Math.max(0, wait || 0) };
}
