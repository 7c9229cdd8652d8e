import { describe, expect, it } from "vitest";
import { pieces } from "./text";

const kinds = (content: string) => pieces(content).map(({ kind, text }) => `${kind}: ${text}`);

describe("a message's text", () => {
  it("stays whole: no piece is lost between the marks", () => {
    expect(kinds("a `b` c")).toEqual(["text: a ", "code: b", "text:  c"]);
    expect(kinds("plain\ntwo lines")).toEqual(["text: plain\ntwo lines"]);
  });

  it("has links for http and https alone, without the stop that ends a sentence", () => {
    expect(kinds("see https://vegvisr.org/a?b=c#d.")).toEqual([
      "text: see ",
      "link: https://vegvisr.org/a?b=c#d",
      "text: .",
    ]);
    expect(kinds("(http://a.no/x_(y))")).toEqual(["text: (", "link: http://a.no/x_(y)", "text: )"]);
    expect(kinds("javascript:alert(1) ftp://a.no")).toEqual(["text: javascript:alert(1) ftp://a.no"]);
  });

  it("never becomes HTML", () => {
    expect(kinds("<img src=x onerror=alert(1)>")).toEqual(["text: <img src=x onerror=alert(1)>"]);
  });

  it("has blocks of code, with or without a language", () => {
    expect(kinds("so:\n```ts\nlet a = `b`\n```\nthen")).toEqual([
      "text: so:\n",
      "block: let a = `b`",
      "text: then",
    ]);
    expect(kinds("```a b```")).toEqual(["block: a b"]);
    expect(kinds("``` not closed")).toEqual(["text: ``` not closed"]);
  });
});
