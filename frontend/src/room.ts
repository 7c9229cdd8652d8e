import { computed, ref, shallowRef } from "vue";
import { get, Refused, remove, sentence } from "./api";
import { Outgoing } from "./outgoing";
import { realClock, RoomSocket, type Clock, type Link } from "./socket";
import {
  add,
  apply,
  discard,
  emptyTimeline,
  hold,
  missesBefore,
  retry,
  run,
  type Timeline,
} from "./timeline/timeline";
import { Typists, TypingSignal } from "./typing";
import {
  CLOSE,
  type CommandRefused,
  type LoggedEvent,
  type LogPage,
  type Person,
  type RefusalCode,
  type RoomEvent,
  type Welcome,
} from "./wire";

const AROUND = 30;

/** Why a room is no longer open to you. */
export type Ending = "signed_out" | "not_admitted" | "not_found" | "too_many";

const CLOSED: Partial<Record<number, Ending>> = {
  [CLOSE.SIGNED_OUT]: "signed_out",
  [CLOSE.NO_LONGER_ADMITTED]: "not_admitted",
  [CLOSE.TOO_MANY_SOCKETS]: "too_many",
};

const ENDINGS: Partial<Record<RefusalCode | "unreachable", Ending>> = {
  not_signed_in: "signed_out",
  not_allowed: "not_admitted",
  room_not_found: "not_found",
};

/** One room as this browser knows it: its timeline, its people, and the line to it. */
export class RoomSession {
  readonly timeline;
  readonly anchor = shallowRef<number | null>(null);
  readonly link = ref<Link>("closed");
  readonly welcome = shallowRef<Welcome | null>(null);
  readonly present = shallowRef<readonly Person[]>([]);
  readonly ending = ref<Ending | null>(null);
  readonly shown = computed(() => run(this.timeline.value, this.anchor.value));
  readonly typists: Typists;
  readonly typing: TypingSignal;
  private readonly socket: RoomSocket;
  private readonly outgoing: Outgoing;
  private readonly onReviews: () => void;
  private wanted = false;

  constructor(
    readonly id: string,
    readonly you: Person,
    options: { WebSocket?: typeof WebSocket; clock?: Clock; onReviews?: () => void } = {},
  ) {
    const clock = options.clock ?? realClock;
    this.onReviews = options.onReviews ?? (() => {});
    this.socket = new RoomSocket({
      ...options,
      address: () => this.address(),
      onFrame: ({ events }) => void events.every((event) => this.hear(event)),
      onLink: (link) => this.linked(link),
      onEnd: (code) => (this.ending.value = CLOSED[code]!),
      onUnanswered: () => void this.askWhy(),
    });
    const line = {
      send: (ref: string, content: string) => this.say(ref, content),
      reconnect: () => this.renew(),
    };
    this.outgoing = new Outgoing(you.id, id, line, clock);
    this.timeline = shallowRef<Timeline>(emptyTimeline(you.id, this.outgoing.unsent.all()));
    this.typists = new Typists(you.id, clock);
    this.typing = new TypingSignal((typing) => this.socket.send({ type: "set_typing", ref: null, typing }));
  }

  open(): void {
    this.wanted = true;
    this.ending.value = null;
    this.socket.open();
  }

  /** Leave the room on the screen. Its line stays until all that you wrote is sent. */
  close(): void {
    this.wanted = false;
    this.anchor.value = null;
    this.typing.stop();
    this.closeWhenSent();
  }

  /** Send what an earlier visit left behind, then close. */
  flush(): void {
    this.socket.open();
    this.closeWhenSent();
  }

  wake(): void {
    this.socket.wake();
  }

  lose(): void {
    this.socket.lose();
  }

  /** Connect anew, now. */
  renew(): void {
    this.socket.reconnect();
  }

  post(content: string): void {
    this.change(add(this.timeline.value, this.outgoing.write(content)));
    this.typing.stop();
  }

  retry(ref: string): void {
    this.change(retry(this.timeline.value, ref));
  }

  discard(ref: string): void {
    this.change(discard(this.timeline.value, ref));
  }

  /** Take back what a moderator has yet to look at. If one was first, the room says what became of it. */
  async withdraw(ref: string): Promise<void> {
    try {
      await remove(`/api/rooms/${this.id}/held/${ref}`);
      this.discard(ref);
    } catch (error) {
      if (error instanceof Refused && error.code === "already_decided") this.retry(ref);
      else this.change(hold(this.timeline.value, ref, sentence(error)));
    }
  }

  /** A message that was posted over HTTP; the socket brings it too, and may have more before it. */
  confirm(event: LoggedEvent): void {
    this.change(apply(this.timeline.value, event));
  }

  async loadBefore(): Promise<void> {
    await this.load(`before=${this.shown.value.events[0]!.seq}`);
  }

  async loadAfter(): Promise<void> {
    await this.load(`after=${this.shown.value.events.at(-1)!.seq}`);
  }

  /** Show the part of the log around a seq. False when the room has no such seq. */
  async reveal(seq: number): Promise<boolean> {
    const has = () => this.timeline.value.log.some((event) => event.seq === seq);
    if (!has()) {
      await this.load(`before=${seq + 1}&limit=${AROUND}`);
      await this.load(`after=${seq}&limit=${AROUND}`);
    }
    if (has()) this.anchor.value = seq;
    return has();
  }

  /** Show the latest part of the log. */
  showLatest(): void {
    this.anchor.value = null;
  }

  private async load(query: string): Promise<void> {
    const page = await get<LogPage>(`/api/rooms/${this.id}/messages?${query}`);
    const { events, has_before, has_after } = page;
    this.change(
      apply(this.timeline.value, { type: "history_loaded", ref: null, events, has_before, has_after }),
    );
  }

  /** False when something is missing before it: the resume brings it, and what comes with it. */
  private hear(event: RoomEvent): boolean {
    if ("seq" in event && missesBefore(this.timeline.value, event)) {
      this.socket.reconnect();
      return false;
    }
    this.change(apply(this.timeline.value, event));
    if (event.type === "welcome") this.welcomed(event);
    if (event.type === "review_changed") this.onReviews();
    if (event.type === "refused") this.refused(event);
    if (event.type === "presence_changed")
      this.present.value = moved(this.present.value, event.arrived, event.left);
    if (event.type === "typing_changed") this.typists.heard(event.person, event.typing);
    if (event.type === "message_posted") this.typists.heard(event.message.author, false);
    if (event.type === "access_changed" && this.welcome.value) {
      const before = this.welcome.value;
      this.welcome.value = { ...before, you: event.you };
      if (reviews(before) !== reviews(this.welcome.value)) this.onReviews();
    }
    return true;
  }

  private welcomed(welcome: Welcome): void {
    this.welcome.value = welcome;
    this.present.value = welcome.present;
    this.typists.forget();
    // What changed while nobody listened here is not told again.
    if (reviews(welcome)) this.onReviews();
    this.sendNext();
  }

  private refused({ ref, code, retry_after_ms }: CommandRefused): void {
    if (code === "too_fast") this.outgoing.pause(ref, retry_after_ms ?? 1000, () => this.sendNext());
  }

  private say(ref: string, content: string): boolean {
    const may = this.welcome.value?.you.may.includes("post_message") ?? false;
    return may && this.socket.send({ type: "send_message", ref, content });
  }

  private sendNext(): void {
    this.outgoing.sendNext(this.timeline.value.pending);
  }

  private change(timeline: Timeline): void {
    const before = this.timeline.value.pending;
    this.timeline.value = timeline;
    if (before === timeline.pending) return;
    this.outgoing.changed(before, timeline.pending);
    this.sendNext();
    this.closeWhenSent();
  }

  private linked(link: Link): void {
    this.link.value = link;
    if (link === "open") return;
    this.outgoing.lose();
    this.typing.forget();
  }

  private closeWhenSent(): void {
    const sends = this.timeline.value.pending.some(({ state }) => state === "pending");
    if (!this.wanted && !sends) this.socket.close();
  }

  /** The browser does not say why a socket was refused; the same question over HTTP does. */
  private async askWhy(): Promise<void> {
    const error: unknown = await get(`/api/rooms/${this.id}/messages?limit=1`).catch((thrown) => thrown);
    const ending = error instanceof Refused ? ENDINGS[error.code] : undefined;
    if (!ending) return;
    this.socket.close();
    this.ending.value = ending;
  }

  private address(): string {
    const { head, log } = this.timeline.value;
    const after = log.length ? `?after=${head}` : "";
    return `${location.origin.replace(/^http/, "ws")}/api/rooms/${this.id}/socket${after}`;
  }
}

const reviews = ({ you }: Welcome): boolean => you.may.includes("review_messages");

function moved(present: readonly Person[], arrived: readonly Person[], left: readonly Person[]): Person[] {
  const gone = new Set([...arrived, ...left].map(({ id }) => id));
  return [...present.filter(({ id }) => !gone.has(id)), ...arrived];
}
