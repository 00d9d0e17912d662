// What a socket to a Durable Object costs at the least, to hold the edge against: one object that sends back what it
// hears, and one that writes a row first, as anything must that promises not to lose it.
import { DurableObject } from "cloudflare:workers";

export default {
  fetch(request, env) {
    const [, kind, name] = new URL(request.url).pathname.split("/");
    const objects = kind === "keep" ? env.KEEP : env.ECHO;
    return objects.get(objects.idFromName(name)).fetch(request);
  },
};

class Socket extends DurableObject {
  fetch() {
    const [theirs, ours] = Object.values(new WebSocketPair());
    this.ctx.acceptWebSocket(ours);
    return new Response(null, { status: 101, webSocket: theirs });
  }
}

export class Echo extends Socket {
  webSocketMessage(socket, text) {
    socket.send(text);
  }
}

export class Keep extends Socket {
  constructor(ctx, env) {
    super(ctx, env);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS said (seq INTEGER PRIMARY KEY, text TEXT NOT NULL)");
  }
  webSocketMessage(socket, text) {
    this.ctx.storage.sql.exec("INSERT INTO said (text) VALUES (?)", text);
    socket.send(text);
  }
}
