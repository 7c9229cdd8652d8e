import type { CommandRefused, LoggedEvent, RoomEvent } from "@/wire";

/** A message of yours that the room has not confirmed. `held`: a moderator looks at it first. */
export interface Pending {
  readonly ref: string;
  readonly content: string;
  readonly at: number;
  readonly state: "pending" | "failed" | "held";
  readonly reason: string | null;
}

/**
 * What the browser knows of a room. `log` is in order and each seq is in it once; between pages that
 * were loaded apart it may have holes. `head` is the last seq of the room, `first` the first one.
 */
export interface Timeline {
  readonly you: string;
  readonly log: readonly LoggedEvent[];
  readonly head: number;
  readonly first: number | null;
  readonly pending: readonly Pending[];
}

/** The part of the log that is shown: no holes, oldest first. */
export interface Run {
  readonly events: readonly LoggedEvent[];
  readonly hasBefore: boolean;
  readonly hasAfter: boolean;
}

export function emptyTimeline(you: string, pending: readonly Pending[] = []): Timeline {
  return { you, log: [], head: 0, first: null, pending };
}

/** The timeline after an event. An event that it has already, or that comes too early, changes nothing. */
export function apply(timeline: Timeline, event: RoomEvent): Timeline {
  switch (event.type) {
    case "message_posted":
    case "member_joined":
    case "member_left":
    case "message_withheld":
      return missesBefore(timeline, event) ? timeline : merge(timeline, [event]);
    case "history_loaded":
      return page(merge(timeline, event.events), event.events[0]?.seq ?? null, event.has_before);
    case "welcome":
      return askAgain({ ...timeline, head: Math.max(timeline.head, event.head_seq) });
    case "too_far_behind":
      return { ...timeline, log: [], first: null, head: event.head_seq };
    case "refused":
      return event.ref ? refuse(timeline, event.ref, event) : timeline;
    default:
      return timeline;
  }
}

/** Whether something is missing between what the timeline knows and this event. */
export function missesBefore(timeline: Timeline, event: LoggedEvent): boolean {
  return event.seq > timeline.head + 1;
}

/** The run that holds `anchor`, or the latest one. */
export function run(timeline: Timeline, anchor: number | null): Run {
  const { log } = timeline;
  const found = anchor === null ? -1 : log.findIndex((event) => event.seq === anchor);
  let start = found === -1 ? log.length - 1 : found;
  let end = start;
  while (start > 0 && seqAt(log, start - 1) === seqAt(log, start) - 1) start -= 1;
  while (end < log.length - 1 && seqAt(log, end + 1) === seqAt(log, end) + 1) end += 1;
  const events = log.length ? log.slice(start, end + 1) : [];
  const first = events[0]?.seq ?? 0;
  const last = events.at(-1)?.seq ?? timeline.head;
  return { events, hasBefore: events.length > 0 && first !== timeline.first, hasAfter: last < timeline.head };
}

export function add(timeline: Timeline, pending: Pending): Timeline {
  return { ...timeline, pending: [...timeline.pending, pending] };
}

export function fail(timeline: Timeline, ref: string, reason: string): Timeline {
  return changed(timeline, ref, { state: "failed", reason });
}

/** A moderator looks at it first; `reason` is told below it. */
export function hold(timeline: Timeline, ref: string, reason: string): Timeline {
  return changed(timeline, ref, { state: "held", reason });
}

function refuse(timeline: Timeline, ref: string, { code, detail }: CommandRefused): Timeline {
  if (code === "held") return hold(timeline, ref, detail);
  if (code === "withdrawn") return discard(timeline, ref);
  return code === "too_fast" ? timeline : fail(timeline, ref, detail);
}

/** What was held is sent once more on each new line: the answer says what became of it. */
function askAgain(timeline: Timeline): Timeline {
  const held = timeline.pending.filter(({ state }) => state === "held");
  return held.reduce((so, { ref }) => retry(so, ref), timeline);
}

export function retry(timeline: Timeline, ref: string): Timeline {
  return changed(timeline, ref, { state: "pending", reason: null });
}

export function discard(timeline: Timeline, ref: string): Timeline {
  return { ...timeline, pending: timeline.pending.filter((pending) => pending.ref !== ref) };
}

function changed(timeline: Timeline, ref: string, change: Partial<Pending>): Timeline {
  const pending = timeline.pending.map((one) => (one.ref === ref ? { ...one, ...change } : one));
  return { ...timeline, pending };
}

function merge(timeline: Timeline, events: readonly LoggedEvent[]): Timeline {
  const log = union(timeline.log, events);
  const head = Math.max(timeline.head, log.at(-1)?.seq ?? 0);
  const settled = new Set(events.filter((event) => isYours(timeline, event)).map(refOf));
  const pending = settled.size ? timeline.pending.filter(({ ref }) => !settled.has(ref)) : timeline.pending;
  return { ...timeline, log, head, pending };
}

function union(log: readonly LoggedEvent[], events: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const last = log.at(-1)?.seq ?? 0;
  const known = new Set(log.map((event) => event.seq));
  const fresh = new Map(events.filter(({ seq }) => !known.has(seq)).map((event) => [event.seq, event]));
  if (!fresh.size) return log;
  const joined = [...log, ...fresh.values()];
  const inOrder = events.length === 1 && seqAt(events, 0) > last;
  return inOrder ? joined : joined.sort((a, b) => a.seq - b.seq);
}

function page(timeline: Timeline, start: number | null, hasBefore: boolean): Timeline {
  if (hasBefore) return timeline;
  return { ...timeline, first: start ?? timeline.log[0]?.seq ?? timeline.head + 1 };
}

function isYours(timeline: Timeline, event: LoggedEvent): boolean {
  return event.type === "message_posted" && event.message.author.id === timeline.you;
}

const refOf = (event: LoggedEvent): string => (event.type === "message_posted" ? event.ref : "");
const seqAt = (log: readonly LoggedEvent[], index: number): number => log[index]!.seq;
