import { describe, expect, it } from "vitest";
import type { GraphCard, GraphNode } from "@/wire";
import { HEIGHT, labels, picture, WIDTH } from "./graphPicture";

const node = (id: string, x: number, y: number, color = "#4a8"): GraphNode => ({
  id,
  label: `node ${id}`,
  color,
  x,
  y,
});

function graph(nodes: GraphNode[], edges: [string, string][]): GraphCard {
  const counts = { version: 1, node_count: nodes.length, edge_count: edges.length, updated_at: 0 };
  return {
    id: "g",
    title: "G",
    description: "",
    ...counts,
    nodes,
    edges: edges.map(([source, target]) => ({ source, target })),
  };
}

describe("the picture of a graph", () => {
  it("keeps every dot inside and draws the edges between them", () => {
    const { dots, strokes } = picture(
      graph(
        [node("a", 0, 0), node("b", 1, 1)],
        [
          ["a", "b"],
          ["a", "gone"],
        ],
      ),
    );
    expect(strokes.map(({ from, to }) => from.id + to.id)).toEqual(["ab"]);
    expect(dots.map(({ degree }) => degree)).toEqual([1, 1]);
    for (const { x, y } of dots) expect(x > 0 && x < WIDTH && y > 0 && y < HEIGHT).toBe(true);
  });

  it("takes colours and nothing else for a colour", () => {
    const fills = ["#fff", "rebeccapurple", "rgb(1, 2, 3)", "url(#x)", ""].map((color) =>
      node(color, 0, 0, color),
    );
    expect(picture(graph(fills, [])).dots.map(({ fill }) => fill)).toEqual([
      "#fff",
      "rebeccapurple",
      "rgb(1, 2, 3)",
      "var(--muted)",
      "var(--muted)",
    ]);
  });

  it("writes a name where no dot is covered", () => {
    const { dots } = picture(graph([node("a", 0.5, 0.5), node("b", 0.5, 0.62)], []));
    const [name] = labels(dots, [dots[0]!]);
    expect(name!.y).toBeLessThan(dots[0]!.y);
  });
});
