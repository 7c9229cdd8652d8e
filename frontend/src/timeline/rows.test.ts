import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "@/wire";
import { ada, ben, joined, said, withheld } from "./made";
import { GROUP_MS, rows, type Row } from "./rows";

const noon = new Date(2026, 10, 20, 12).getTime();
const kinds = (made: Row[]) => made.map(({ kind }) => kind);
const groups = (made: Row[]) =>
  made.flatMap((row) => (row.kind === "group" ? [row.lines.map(({ content }) => content)] : []));
const show = (events: LoggedEvent[], newAfter: number | null = null) => rows(events, [], ada, newAfter);
const at = (seq: number, ms: number, author = ben) => said(seq, author, `${seq}`, noon + ms);

describe("groups", () => {
  it("hold what one author says within five minutes", () => {
    expect(groups(show([at(1, 0), at(2, GROUP_MS - 1), at(3, 2 * GROUP_MS - 2)]))).toEqual([["1", "2", "3"]]);
  });

  it("end after five minutes of silence", () => {
    expect(groups(show([at(1, 0), at(2, GROUP_MS)]))).toEqual([["1"], ["2"]]);
  });

  it("end when somebody else speaks or joins", () => {
    expect(groups(show([at(1, 0), at(2, 1, ada), at(3, 2)]))).toEqual([["1"], ["2"], ["3"]]);
    expect(groups(show([at(1, 0), { ...joined(2), at: noon } as LoggedEvent, at(3, 2)]))).toEqual([
      ["1"],
      ["3"],
    ]);
  });
});

describe("a message that is withheld", () => {
  it("is not shown, and makes neither a day nor the line New", () => {
    expect(kinds(show([withheld(1)], 0))).toEqual([]);
    expect(groups(show([at(1, 0), withheld(2), at(3, 2)]))).toEqual([["1", "3"]]);
  });
});

describe("days", () => {
  it("begin with a line, also in the middle of a group", () => {
    const made = show([at(1, 12 * 3_600_000 - 1000), at(2, 12 * 3_600_000)]);
    expect(kinds(made)).toEqual(["day", "group", "day", "group"]);
  });
});

describe("the line New", () => {
  const events = [at(1, 0), at(2, 1, ada), at(3, 2), at(4, 3)];

  it("stands before the first message of others after what you read", () => {
    expect(kinds(show(events, 2))).toEqual(["day", "group", "group", "new", "group"]);
  });

  it("is not there when you have read all, or only you have written", () => {
    expect(kinds(show(events, 4))).not.toContain("new");
    expect(kinds(show(events.slice(0, 2), 1))).not.toContain("new");
  });
});

describe("a message that waits", () => {
  const waiting = { ref: "r", content: "soon", at: noon + 5, state: "pending" as const, reason: null };

  it("stands last and keeps its key when it is confirmed", () => {
    const before = rows([at(1, 0, ada)], [waiting], ada, null);
    const confirmed = { ...said(2, ada, "soon", noon + 9), ref: "r" } as LoggedEvent;
    const after = rows([at(1, 0, ada), confirmed], [], ada, null);
    const keys = (made: Row[]) =>
      made.flatMap((row) => (row.kind === "group" ? row.lines.map(({ key }) => key) : []));
    expect(keys(before)).toEqual(keys(after));
    expect(groups(before)).toEqual([["1", "soon"]]);
  });
});
