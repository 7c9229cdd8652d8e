import type { Clock } from "./socket";
import type { RoomEvent } from "./wire";

/** A clock that the test turns. */
export class HandClock implements Clock {
  private now = 0;
  private timers: { at: number; run: () => void }[] = [];

  after(ms: number, run: () => void): () => void {
    const timer = { at: this.now + ms, run };
    this.timers.push(timer);
    return () => (this.timers = this.timers.filter((one) => one !== timer));
  }

  random = (): number => 1;

  turn(ms: number): void {
    const until = this.now + ms;
    for (let due = this.next(until); due; due = this.next(until)) {
      this.now = due.at;
      this.timers = this.timers.filter((one) => one !== due);
      due.run();
    }
    this.now = until;
  }

  private next(until: number) {
    return this.timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
  }
}

/** The browser's side of a line whose other side is the test. */
export class TestSocket {
  static made: TestSocket[] = [];
  static get last(): TestSocket {
    return TestSocket.made.at(-1)!;
  }

  readonly sent: string[] = [];
  isClosed = false;
  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  constructor(readonly address: string) {
    TestSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.isClosed = true;
  }

  says(...events: RoomEvent[]): void {
    this.readyState = 1;
    this.onmessage?.({ data: JSON.stringify({ events }) });
  }

  ends(code: number): void {
    this.isClosed = true;
    this.onclose?.({ code });
  }

  get commands(): Record<string, unknown>[] {
    return this.sent.map((text) => JSON.parse(text) as Record<string, unknown>);
  }
}

export const AsWebSocket = TestSocket as unknown as typeof WebSocket;
