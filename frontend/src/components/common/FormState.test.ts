// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { expect, it, vi } from "vitest";
import FormState from "./FormState.vue";

const shown = (ready: boolean, failed = "") =>
  mount(FormState, { props: { ready, failed, title: "The list does not open" }, slots: { default: "what is there" } });

it("shows bones only when it takes long", async () => {
  vi.useFakeTimers();
  const state = shown(false);
  expect(state.find("[role=status]").exists()).toBe(false);
  await vi.advanceTimersByTimeAsync(200);
  expect(state.find("[role=status]").exists()).toBe(true);
  await state.setProps({ ready: true });
  expect(state.text()).toBe("what is there");
  vi.useRealTimers();
});

it("says what does not open and why, and tries again", async () => {
  const state = shown(false, "The platform cannot be reached.");
  expect(state.get("h2").text()).toBe("The list does not open");
  expect(state.text()).toContain("The platform cannot be reached.");
  await state.get("button").trigger("click");
  expect(state.emitted("again")).toHaveLength(1);
});

it("keeps what is known when asking for it anew fails", () => {
  const state = shown(true, "The platform cannot be reached.");
  expect(state.text()).toContain("what is there");
  expect(state.text()).toContain("The platform cannot be reached.");
});
