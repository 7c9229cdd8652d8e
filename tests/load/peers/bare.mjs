// A room without features, in the platform's own language: parse, store, broadcast. What it takes is
// what the platform takes; the bench runs it beside ours. It greets with a first page, as ours does.
import { DurableObject } from "cloudflare:workers";

const PAGE = "SELECT seq, ref, content, at FROM log WHERE seq > ? ORDER BY seq";
const ADD = "INSERT INTO log (ref, content, at) VALUES (?, ?, ?) RETURNING seq";

export class BareRoom extends DurableObject {
  constructor(ctx, env) {
    super(ctx, env);
    this.sql = ctx.storage.sql;
    const columns = "seq INTEGER PRIMARY KEY, ref TEXT, content TEXT, at INTEGER";
    this.sql.exec(`CREATE TABLE IF NOT EXISTS log (${columns})`);
  }

  async fetch(request) {
    const { 0: client, 1: server } = new WebSocketPair();
    this.ctx.acceptWebSocket(server);
    const head = this.sql.exec("SELECT coalesce(max(seq), 0) AS head FROM log").one().head;
    const after = new URL(request.url).searchParams.get("after") ?? head - 50;
    server.send(JSON.stringify({ head, page: this.sql.exec(PAGE, Number(after)).toArray() }));
    return new Response(null, { status: 101, webSocket: client });
  }

  webSocketMessage(socket, text) {
    const { ref, content } = JSON.parse(text);
    const at = Date.now();
    const { seq } = this.sql.exec(ADD, ref, content, at).one();
    const event = JSON.stringify({ seq, ref, content, at });
    for (const each of this.ctx.getWebSockets()) each.send(event);
  }
}

export default {
  fetch(request, env) {
    if (request.headers.get("upgrade") !== "websocket") return new Response("well");
    const room = new URL(request.url).pathname;
    return env.ROOM.get(env.ROOM.idFromName(room)).fetch(request);
  },
};
