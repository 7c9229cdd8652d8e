import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { LoggedEvent, ServerFrame } from "@/wire";
import { apply, emptyTimeline, run, type Timeline } from "./timeline";

interface Recording {
  name: string;
  start: LoggedEvent[];
  frames: ServerFrame[];
  seqs: number[];
  texts: string[];
}

const folder = new URL("../../../tests/frames/", import.meta.url);
const recordings = readdirSync(folder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => JSON.parse(readFileSync(new URL(file, folder), "utf8")) as Recording);

it("there are recordings to replay", () => expect(recordings.length).toBeGreaterThan(2));

it.each(recordings)("$name", ({ start, frames, seqs, texts }) => {
  const page = {
    type: "history_loaded" as const,
    ref: null,
    events: start,
    has_before: false,
    has_after: false,
  };
  const shown = frames
    .flatMap(({ events }) => events)
    .reduce<Timeline>(apply, apply(emptyTimeline("ada"), page));
  const { events } = run(shown, null);
  expect(events.map(({ seq }) => seq)).toEqual(seqs);
  expect(events.flatMap((event) => (event.type === "message_posted" ? [event.message.content] : []))).toEqual(
    texts,
  );
});
