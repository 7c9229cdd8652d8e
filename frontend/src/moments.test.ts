import { describe, expect, it } from "vitest";
import { counted, dayAndTime, dayOf, named } from "./moments";

const now = new Date(2026, 10, 22, 0, 5).getTime();
const on = (year: number, month: number, day: number) => new Date(year, month - 1, day, 23, 55).getTime();

describe("moments", () => {
  it.each([
    [on(2026, 11, 22), "Today"],
    [on(2026, 11, 21), "Yesterday"],
    [on(2026, 11, 19), "Thursday"],
    [on(2026, 11, 10), "Tuesday 10 November"],
    [on(2025, 11, 19), "19 November 2025"],
  ])("name a day as people do", (at, words) => expect(dayOf(at, now)).toBe(words));

  it("say the day with the time unless it is today", () => {
    expect(dayAndTime(on(2026, 11, 22), now)).toBe("23:55");
    expect(dayAndTime(on(2026, 11, 19), now)).toBe("Thursday, 23:55");
  });

  it("count and name", () => {
    expect([counted(1, "message"), counted(1234, "message")]).toEqual(["1 message", "1,234 messages"]);
    expect([named(["Ada"]), named(["Ada", "Ben"]), named(["Ada", "Ben", "Cai"])]).toEqual([
      "Ada",
      "Ada and Ben",
      "Ada, Ben and 1 other",
    ]);
  });
});
