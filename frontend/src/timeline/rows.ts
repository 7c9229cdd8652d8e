import type { LoggedEvent, MemberJoined, MemberLeft, MessagePosted, Person } from "@/wire";
import type { Pending } from "./timeline";

export const GROUP_MS = 5 * 60_000;

/** One message as it is shown. `seq` is null until the room has confirmed it. */
export interface Line {
  readonly key: string;
  readonly seq: number | null;
  readonly ref: string;
  readonly content: string;
  readonly graphId: string | null;
  readonly at: number;
  readonly state: "sent" | "pending" | "failed" | "held";
  readonly reason: string | null;
}

export type Row =
  | { kind: "day"; key: string; at: number }
  | { kind: "new"; key: string }
  | { kind: "note"; key: string; seq: number; person: Person; joined: boolean }
  | { kind: "group"; key: string; author: Person; at: number; lines: Line[] };

/** What the conversation shows. The line "New" stands before the first message of others after `newAfter`. */
export function rows(
  events: readonly LoggedEvent[],
  pending: readonly Pending[],
  you: Person,
  newAfter: number | null,
): Row[] {
  const made: Row[] = [];
  let day = "";
  let newStands = newAfter === null;
  const turn = (at: number) => {
    if (dayOf(at) !== day) made.push({ kind: "day", key: `day ${(day = dayOf(at))}`, at });
  };
  for (const event of events) {
    if (event.type === "message_withheld") continue;
    turn(event.type === "message_posted" ? event.message.created_at : event.at);
    if (!newStands && event.seq > newAfter! && isFromOther(event, you)) {
      made.push({ kind: "new", key: "new" });
      newStands = true;
    }
    if (event.type === "message_posted") say(made, event.message.author, posted(event));
    else made.push(note(event));
  }
  for (const one of pending) {
    turn(one.at);
    say(made, you, unsent(one, you));
  }
  return made;
}

function say(made: Row[], author: Person, line: Line): void {
  const last = made.at(-1);
  const previous = last?.kind === "group" && last.author.id === author.id ? last : null;
  if (previous && line.at - previous.lines.at(-1)!.at < GROUP_MS) previous.lines.push(line);
  else made.push({ kind: "group", key: line.key, author, at: line.at, lines: [line] });
}

// An event never changes, so its line is made once: what is shown already is not drawn again.
const lines = new WeakMap<MessagePosted, Line>();

function posted(event: MessagePosted): Line {
  const line = lines.get(event) ?? lineOf(event);
  lines.set(event, line);
  return line;
}

function lineOf({ seq, ref, message }: MessagePosted): Line {
  const graphId = message.message_type === "graph" ? String(message.metadata.graph_id) : null;
  const key = `${message.author.id} ${ref}`;
  return {
    key,
    seq,
    ref,
    content: message.content,
    graphId,
    at: message.created_at,
    state: "sent",
    reason: null,
  };
}

function unsent({ ref, content, at, state, reason }: Pending, you: Person): Line {
  return { key: `${you.id} ${ref}`, seq: null, ref, content, graphId: null, at, state, reason };
}

function note(event: MemberJoined | MemberLeft): Row {
  const joined = event.type === "member_joined";
  return { kind: "note", key: `note ${event.seq}`, seq: event.seq, person: event.person, joined };
}

function isFromOther(event: LoggedEvent, you: Person): boolean {
  return event.type === "message_posted" && event.message.author.id !== you.id;
}

const dayOf = (at: number): string => new Date(at).toDateString();
