/*
 * The transport where no socket gets through: it looks like a WebSocket, and posts. Frames go one after the other;
 * an answer that goes on, or the answer to each post, brings the others.
 */

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

  function close() {
    if (connection.onclose) connection.onclose();
    connection.close();
  }

  async function post(frame, accept) {
    let body = `{"ticket":${JSON.stringify(ticket)},"up":[${frame}]}`;
    // As in `hoiAsk` (widget/shell.js).
    if (url.startsWith(location.origin + "/")) body = new Blob([body], { type: "application/json" });
    const answer = await fetch(url, { method: "POST", body, headers: { accept }, signal: abort.signal });
    if (answer.ok) return answer;
    // The edge says why it won't have us, or somebody between us does.
    const { error, retry_ms } = await answer.json();
    hear(JSON.stringify({ t: "fault", code: error, retry_ms }));
    throw error;
  }

  async function speak() {
    busy = true;
    while (waiting.length) {
      const answer = await post(waiting.shift(), "application/x-ndjson");
      (await answer.text()).split("\n").filter(Boolean).forEach(hear);
    }
    busy = false;
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
