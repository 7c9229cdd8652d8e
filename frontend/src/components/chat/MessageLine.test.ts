// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { describe, expect, it } from "vitest";
import type { Line } from "@/timeline/rows";
import MessageLine from "./MessageLine.vue";

const sent: Line = {
  key: "ada r",
  seq: 7,
  ref: "r",
  content: "<b>hello</b>",
  graphId: null,
  at: 0,
  state: "sent",
  reason: null,
};
const show = (line: Partial<Line>) =>
  mount(MessageLine, { props: { line: { ...sent, ...line }, roomId: "hall", first: true, lit: false } });

describe("MessageLine", () => {
  it("shows what was said as text, never as HTML", () => {
    const line = show({});
    expect(line.get("[data-testid=message-line]").attributes()).toMatchObject({
      "data-seq": "7",
      "data-state": "sent",
    });
    expect(line.find("b").exists()).toBe(false);
    expect(line.text()).toBe("<b>hello</b>");
  });

  it("waits with a clock, and offers no link yet", () => {
    const line = show({ state: "pending", seq: null });
    expect(line.find("[aria-label=Sending]").exists()).toBe(true);
    expect(line.findAll("button")).toEqual([]);
  });

  it("says why it failed, and can be sent again or deleted", async () => {
    const line = show({ state: "failed", seq: null, reason: "This is longer than it may be." });
    expect(line.get("[role=alert]").text()).toContain("Not sent. This is longer than it may be.");
    const [retry, remove] = line.findAll("button");
    await retry!.trigger("click");
    await remove!.trigger("click");
    expect([line.emitted("retry"), line.emitted("discard")]).toEqual([[[]], [[]]]);
  });
});
