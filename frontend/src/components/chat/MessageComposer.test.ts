// @vitest-environment happy-dom
import { mount } from "@vue/test-utils";
import { createPinia, setActivePinia } from "pinia";
import { beforeEach, describe, expect, it } from "vitest";
import MessageComposer from "./MessageComposer.vue";

const props = { roomId: "hall", roomName: "Hall", limit: 10 };

function compose() {
  const composer = mount(MessageComposer, { props, attachTo: document.body });
  const field = composer.get<HTMLTextAreaElement>("textarea");
  const button = composer.get<HTMLButtonElement>("[data-testid=send]");
  return { composer, field, button };
}

beforeEach(() => {
  localStorage.clear();
  setActivePinia(createPinia());
});

describe("MessageComposer", () => {
  it("sends with Enter, without the space around, and is empty again", async () => {
    const { composer, field } = compose();
    await field.setValue(" hello ");
    await field.trigger("keydown", { key: "Enter" });
    expect(composer.emitted("send")).toEqual([["hello"]]);
    expect(field.element.value).toBe("");
  });

  it("keeps Shift + Enter, and an Enter that chooses a character, for the text", async () => {
    const { composer, field } = compose();
    await field.setValue("hello");
    await field.trigger("keydown", { key: "Enter", shiftKey: true });
    await field.trigger("keydown", { key: "Enter", isComposing: true });
    expect(composer.emitted("send")).toBeUndefined();
  });

  it("sends with the button, and not when there is nothing to send", async () => {
    const { composer, field, button } = compose();
    await field.setValue("  \n ");
    expect(button.element.disabled).toBe(true);
    await field.setValue("hello");
    await composer.get("form").trigger("submit");
    expect(composer.emitted("send")).toEqual([["hello"]]);
  });

  it("counts people's characters near the limit and holds back what is too long", async () => {
    const { composer, field, button } = compose();
    await field.setValue("🧭".repeat(9));
    expect(composer.text()).toContain("1 character left");
    await field.setValue("🧭".repeat(11));
    expect(composer.get("[role=alert]").text()).toContain("1 character too long");
    expect(button.element.disabled).toBe(true);
    await field.trigger("keydown", { key: "Enter" });
    expect(composer.emitted("send")).toBeUndefined();
  });

  it("keeps a draft for each room over a reload", async () => {
    const first = compose();
    await first.field.setValue("half a thou");
    await first.composer.setProps({ roomId: "attic" });
    expect(first.field.element.value).toBe("");
    first.composer.unmount();
    expect(compose().field.element.value).toBe("half a thou");
  });

  it("says that you type, and that you stopped", async () => {
    const { composer, field } = compose();
    await field.setValue("h");
    await field.setValue("");
    expect([composer.emitted("typing"), composer.emitted("stopped")]).toEqual([[[]], [[]]]);
  });
});
