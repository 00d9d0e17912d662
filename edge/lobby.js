// Where a visitor's socket waits until it has said hello.
//
// An object that is asked for exists, and on a server its file with it, for good. So a socket whose ticket does not say
// that its conversation was there before is held here, in the worker, and brought to the conversation by a hello with the
// ticket it came with. With its next ticket it goes there directly (`core/src/crypto/ticket.rs`), and lets the object sleep.
// Here is no wasm: what replaces a broken instance leaves these lines alone.

/** How long a socket may be silent, in milliseconds: a widget says hello at once. */
const SILENT_MS = 10000;
/** Longest frame, in characters. `wire/src/limits.rs` has it in bytes, and the conversation looks at those. */
const MAX_FRAME = 32 * 1024;
/** So many frames that can't be read close it, as in `edge/src/objects/conversation/visitor_socket.rs`. */
const MAX_MALFORMED = 5;
/** Most frames that wait for the conversation to open. */
const MAX_QUEUE = 64;
/** Close codes, as in `edge/src`. */
const NOT_OURS = 1008, TOO_BIG = 1009, INTERNAL = 1011, GONE = 4006, REFUSED = 4401, SILENT = 4408;

/** A socket in the place of the answer that the worker made for one. */
export function lobby(env, headers) {
  const { 0: client, 1: server } = new WebSocketPair();
  const name = headers.get("x-hoi-lobby");
  const request = headers.get("x-hoi-request");
  const ticket = headers.get("x-hoi-ticket");
  let room;
  let queue;
  let malformed = 0;

  const patience = setTimeout(() => close(server, SILENT, "hello first"), SILENT_MS);
  server.accept();
  server.addEventListener("message", ({ data }) => {
    // What was on its way when it was closed.
    if (server.readyState !== WebSocket.OPEN) return;
    if (room) send(room, data);
    else if (!queue) hear(data);
    else if (queue.push(data) > MAX_QUEUE) close(server, NOT_OURS, "too fast");
  });
  // 1006 means that nobody has said goodbye.
  server.addEventListener("close", ({ code, reason }) => leave(code === 1006 ? GONE : code, reason));
  server.addEventListener("error", () => leave(GONE, ""));
  return new Response(null, {
    status: 101,
    webSocket: client,
    headers: { "sec-websocket-protocol": headers.get("x-hoi-protocol") },
  });

  function hear(data) {
    if (data === "ping") return server.send("pong");
    if (data.length > MAX_FRAME) {
      refuse("too_long");
      return close(server, TOO_BIG, "too long");
    }
    const frame = read(data);
    if (!frame) {
      refuse("malformed");
      if (++malformed >= MAX_MALFORMED) close(server, NOT_OURS, "malformed");
    } else if (frame.t === "hello" && frame.ticket === ticket) {
      clearTimeout(patience);
      queue = [data];
      bring().catch((error) => {
        console.error("a visitor could not be brought to a conversation: " + error);
        close(server, INTERNAL, "internal");
      });
    } else {
      refuse("ticket");
      close(server, REFUSED, frame.t === "hello" ? "ticket" : "hello first");
    }
  }

  async function bring() {
    const headers = { upgrade: "websocket", "x-hoi-request": request };
    const answer = await env.CONVERSATION.getByName(name).fetch("https://object/", { headers });
    const far = answer.webSocket;
    if (!far) throw new Error("it answers " + answer.status);
    far.accept();
    far.addEventListener("message", ({ data }) => send(server, data));
    far.addEventListener("close", ({ code, reason }) => close(server, code, reason));
    far.addEventListener("error", () => close(server, INTERNAL, "internal"));
    for (const data of queue) far.send(data);
    // Whoever has gone meanwhile is not waited for.
    if (server.readyState === WebSocket.OPEN) room = far;
    else close(far, GONE, "");
  }

  function leave(code, reason) {
    clearTimeout(patience);
    close(server, code, reason);
    if (room) close(room, code, reason);
  }

  function refuse(code) {
    server.send(JSON.stringify({ t: "fault", code }));
  }
}

/** The frame in `data`, if it can be one. */
function read(data) {
  try {
    const frame = JSON.parse(data);
    return typeof frame.t === "string" ? frame : null;
  } catch {
    return null;
  }
}

/** Sends what there is still somebody for. */
function send(socket, data) {
  if (socket.readyState === WebSocket.OPEN) socket.send(data);
}

/** Closes a socket, which may be closed already. Codes that only say how a close came about can't be sent. */
function close(socket, code, reason) {
  const sent = code === 1000 || (code > 1006 && code < 1015) || code >= 3000 ? code : 1000;
  try {
    socket.close(sent, reason);
  } catch {
    // It is.
  }
}
