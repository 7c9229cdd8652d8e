import { CLOSE, PING, type Command, type ServerFrame } from "./wire";

export const PING_MS = 25_000;
export const PONG_MS = 10_000;
export const FLOOD_MS = 5_000;
const CONNECTING = 0;
const BACKOFF_MS = 300;
const BACKOFF_MAX_MS = 15_000;

/** `open` means that the room has said welcome. */
export type Link = "connecting" | "open" | "waiting" | "closed";

/** Time and chance, so that tests own both. `after` returns what cancels it. */
export interface Clock {
  after(ms: number, run: () => void): () => void;
  random(): number;
}

export const realClock: Clock = {
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  random: Math.random,
};

/** The server wants this socket not to come back by itself. */
const FOR_GOOD = new Set<number>([CLOSE.SIGNED_OUT, CLOSE.NO_LONGER_ADMITTED, CLOSE.TOO_MANY_SOCKETS]);

export interface SocketOptions {
  /** Where to connect; asked anew each time, since it carries the last seq. */
  address: () => string;
  onFrame: (frame: ServerFrame) => void;
  onLink: (link: Link) => void;
  /** The server closed for good, by this code: you may no longer be here. */
  onEnd: (code: number) => void;
  /** A connection ended before the room's welcome: the reason is not told to scripts. */
  onUnanswered: () => void;
  WebSocket?: typeof WebSocket;
  clock?: Clock;
}

/** A room's socket that comes back by itself until it is closed. */
export class RoomSocket {
  private socket: WebSocket | null = null;
  private link: Link = "closed";
  private attempts = 0;
  private cancelDeadline = () => {};
  private cancelTimer = () => {};
  private readonly clock: Clock;

  constructor(private readonly options: SocketOptions) {
    this.clock = options.clock ?? realClock;
  }

  open(): void {
    if (this.link === "closed") this.connect();
  }

  close(): void {
    this.drop(true);
    this.become("closed");
  }

  /** Leave this connection for a new one, now. */
  reconnect(): void {
    if (this.link !== "closed") this.connect();
  }

  /** The machine is awake or online again: connect now, or see whether the line still lives. */
  wake(): void {
    if (this.link === "waiting") this.connect();
    else if (this.link === "open") this.ping();
  }

  /** The network is gone: do not trust the open line. */
  lose(): void {
    if (this.link !== "closed") this.retryLater(0);
  }

  /** False when there is no line; the command is then not sent. */
  send(command: Command): boolean {
    if (this.link !== "open") return false;
    this.socket!.send(JSON.stringify(command));
    return true;
  }

  private connect(): void {
    this.drop();
    this.become("connecting");
    const socket = new (this.options.WebSocket ?? WebSocket)(this.options.address());
    this.socket = socket;
    socket.onmessage = ({ data }) => socket === this.socket && this.hear(String(data));
    socket.onclose = ({ code }) => socket === this.socket && this.ended(code);
    this.cancelDeadline = this.clock.after(PONG_MS, () => this.retryLater(0));
  }

  private hear(data: string): void {
    const frame = JSON.parse(data) as ServerFrame;
    this.cancelDeadline();
    if (this.link === "connecting") {
      this.attempts = 0;
      this.become("open");
    }
    this.cancelTimer();
    this.cancelTimer = this.clock.after(PING_MS, () => this.ping());
    for (const event of frame.events)
      if (event.type === "checkpoint") this.send({ type: "reach_checkpoint", ref: null, number: event.number });
    this.options.onFrame(frame);
  }

  private ping(): void {
    this.cancelTimer();
    this.cancelDeadline();
    this.socket?.send(PING);
    this.cancelDeadline = this.clock.after(PONG_MS, () => this.reconnect());
  }

  private ended(code: number): void {
    if (FOR_GOOD.has(code)) {
      this.close();
      this.options.onEnd(code);
      return;
    }
    const unanswered = this.link === "connecting";
    this.retryLater(code === CLOSE.FLOOD ? FLOOD_MS : 0);
    if (unanswered) this.options.onUnanswered();
  }

  private retryLater(atLeast: number): void {
    this.drop();
    const backoff = Math.min(BACKOFF_MAX_MS, BACKOFF_MS * 2 ** this.attempts);
    this.attempts += 1;
    const jittered = backoff * (0.5 + this.clock.random() / 2);
    this.become("waiting");
    this.cancelTimer = this.clock.after(Math.max(atLeast, jittered), () => this.connect());
  }

  private drop(gently = false): void {
    this.cancelTimer();
    this.cancelDeadline();
    const socket = this.socket;
    this.socket = null;
    if (!socket) return;
    // Browsers warn of a socket that is closed while it connects.
    if (gently && socket.readyState === CONNECTING) socket.onopen = () => socket.close();
    else socket.close();
  }

  private become(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    this.options.onLink(link);
  }
}
