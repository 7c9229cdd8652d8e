import { describe, expect, it } from "vitest";
import type { HistoryLoaded, LoggedEvent, Welcome } from "@/wire";
import { ada, ben, logOf, said, withheld } from "./made";
import {
  add,
  apply,
  discard,
  emptyTimeline,
  fail,
  missesBefore,
  retry,
  run,
  type Timeline,
} from "./timeline";

const seqs = (events: readonly LoggedEvent[]) => events.map(({ seq }) => seq);
const pending = (ref: string, at = 1) => ({ ref, content: ref, at, state: "pending" as const, reason: null });

function page(log: LoggedEvent[], from: number, to: number): HistoryLoaded {
  const events = log.slice(from, to);
  return { type: "history_loaded", ref: null, events, has_before: from > 0, has_after: to < log.length };
}

/** The same shuffles on every run, so that a failure can be repeated. */
function chance(seed: number) {
  let state = seed;
  return () => (state = (state * 1103515245 + 12345) % 2 ** 31) / 2 ** 31;
}

describe("old state and event make the fresh state", () => {
  const log = logOf(60);
  const fresh = apply(emptyTimeline(ada.id), page(log, 0, 60));

  it.each([0, 1, 17, 59])("from a page of %i and then one event at a time", (known) => {
    const start = apply(emptyTimeline(ada.id), page(log, 0, known));
    const grown = log.slice(known).reduce<Timeline>(apply, start);
    expect(grown).toEqual(fresh);
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))(
    "from pages doubled and out of order (%i)",
    (seed) => {
      const random = chance(seed + 1);
      const cuts = [0, 9, 10, 31, 44, 60];
      const pages = cuts.slice(1).map((to, index) => page(log, cuts[index]!, to));
      const overlapping = Array.from({ length: 4 }, () =>
        page(log, Math.floor(random() * 30), 30 + Math.floor(random() * 31)),
      );
      const dealt = [...pages, ...overlapping, ...pages]
        .map((one) => ({ one, at: random() }))
        .sort((a, b) => a.at - b.at);
      const built = dealt.reduce((timeline, { one }) => apply(timeline, one), emptyTimeline(ada.id));
      expect(built).toEqual(fresh);
    },
  );

  it("and an event that it has changes nothing", () => {
    expect(log.reduce<Timeline>(apply, fresh)).toEqual(fresh);
  });
});

describe("a hole", () => {
  const log = logOf(10);
  const start = apply(emptyTimeline(ada.id), page(log, 0, 5));

  it("is seen, and the early event waits for the resume", () => {
    expect(missesBefore(start, log[6]!)).toBe(true);
    expect(apply(start, log[6]!)).toBe(start);
  });

  it("is not seen before the next event or a known one", () => {
    expect(missesBefore(start, log[5]!)).toBe(false);
    expect(missesBefore(start, log[2]!)).toBe(false);
  });
});

describe("the run that is shown", () => {
  const log = logOf(100);
  const ends = [page(log, 80, 100), page(log, 20, 40)].reduce<Timeline>(apply, emptyTimeline(ada.id));

  it("is the latest one", () => {
    const { events, hasBefore, hasAfter } = run(ends, null);
    expect(seqs(events)).toEqual(seqs(log.slice(80)));
    expect([hasBefore, hasAfter]).toEqual([true, false]);
  });

  it("or the one around a message", () => {
    const { events, hasBefore, hasAfter } = run(ends, 30);
    expect(seqs(events)).toEqual(seqs(log.slice(20, 40)));
    expect([hasBefore, hasAfter]).toEqual([true, true]);
  });

  it("grows together when the pages between are loaded", () => {
    const whole = [page(log, 40, 80), page(log, 0, 20)].reduce<Timeline>(apply, ends);
    expect(run(whole, 30)).toEqual({ events: log, hasBefore: false, hasAfter: false });
  });

  it("is empty in an empty room", () => {
    expect(run(emptyTimeline(ada.id), null)).toEqual({ events: [], hasBefore: false, hasAfter: false });
  });

  it("is thrown away when too much was missed", () => {
    const behind = apply(ends, { type: "too_far_behind", after: 100, head_seq: 5000 });
    expect(run(behind, null).events).toEqual([]);
    expect(behind.head).toBe(5000);
  });
});

describe("a message that is withheld", () => {
  const log = [said(1), withheld(2), said(3)];

  it("keeps its place, so that nothing is missing", () => {
    const shown = log.reduce<Timeline>(apply, apply(emptyTimeline(ada.id), page([], 0, 0)));
    expect(seqs(run(shown, null).events)).toEqual([1, 2, 3]);
    expect(missesBefore(shown, withheld(5))).toBe(true);
  });

  it("is there again when the room greets anew", () => {
    const hidden = apply(emptyTimeline(ada.id), page(log, 0, 3));
    const forgotten = apply(hidden, { type: "too_far_behind", after: 3, head_seq: 3 });
    const seen = apply(forgotten, page([said(1), said(2), said(3)], 0, 3));
    expect(run(seen, null).events.map(({ type }) => type)).not.toContain("message_withheld");
  });
});

describe("a message of yours", () => {
  const waiting = add(add(emptyTimeline(ada.id), pending("ada-1")), pending("later", 2));
  const refused = { type: "refused" as const, ref: "ada-1", detail: "Too long.", retry_after_ms: null };

  it("is settled by its ref", () => {
    const settled = apply(waiting, said(1, ada));
    expect(settled.pending.map(({ ref }) => ref)).toEqual(["later"]);
    expect(seqs(settled.log)).toEqual([1]);
  });

  it("is settled by a page, too", () => {
    expect(apply(waiting, page([said(1, ada)], 0, 1)).pending).toHaveLength(1);
  });

  it("is not settled by somebody else who uses the same ref", () => {
    const theirs = { ...said(1, ben), ref: "ada-1" } as LoggedEvent;
    expect(apply(waiting, theirs).pending).toHaveLength(2);
  });

  it("fails with the words of the refusal, and can be retried or deleted", () => {
    const failed = apply(waiting, { ...refused, code: "too_long" });
    expect(failed.pending[0]).toMatchObject({ state: "failed", reason: "Too long." });
    expect(retry(failed, "ada-1").pending[0]).toMatchObject({ state: "pending", reason: null });
    expect(discard(failed, "ada-1").pending.map(({ ref }) => ref)).toEqual(["later"]);
  });

  it("only waits when it came too fast", () => {
    expect(apply(waiting, { ...refused, code: "too_fast", retry_after_ms: 900 })).toBe(waiting);
  });

  it("is settled even after it failed", () => {
    expect(apply(fail(waiting, "ada-1", "No."), said(1, ada)).pending).toHaveLength(1);
  });
});

describe("a message that is held", () => {
  const no = (code: string, detail = "A moderator looks at this first.") =>
    ({ type: "refused", ref: "boat", code, detail, retry_after_ms: null }) as const;
  const sent = add(emptyTimeline(ada.id), pending("boat"));
  const held = apply(sent, no("held"));
  const welcome: Welcome = {
    type: "welcome",
    head_seq: 0,
    resumed: true,
    present: [],
    room: { id: "quay", name: "Quay", description: "", community_id: "c" },
    you: { ...ada, role: "member", may: [] },
    limits: { content_length: 8000, frame_bytes: 65536, burst: 120, per_second: 20 },
  };

  it("waits with the reason, and is sent once more on a new line", () => {
    expect(held.pending).toEqual([
      { ...pending("boat"), state: "held", reason: "A moderator looks at this first." },
    ]);
    expect(apply(held, welcome).pending).toEqual(sent.pending);
  });

  it("is gone when its author took it back", () => {
    expect(apply(held, no("withdrawn")).pending).toEqual([]);
  });

  it("fails with what the moderator said, and keeps its text", () => {
    const [line] = apply(held, no("declined", "Not here.")).pending;
    expect(line).toEqual({ ...pending("boat"), state: "failed", reason: "Not here." });
  });

  it("is settled when it is let in", () => {
    const event = { ...said(1, ada), ref: "boat" };
    expect(apply(held, event).pending).toEqual([]);
  });
});
