import type { GraphCard } from "@/wire";

export const WIDTH = 480;
export const HEIGHT = 220;
const MARGIN = { x: 60, y: 30 };
const LETTER = 6.1;
const LINE = 13;
const LONGEST = 22;
const COLOUR = /^(#[0-9a-f]{3,8}|[a-z]{3,20}|(rgb|hsl)a?\([\d.,%\s/]{5,40}\))$/i;

/** A node's place and size in the picture, in its own units, and how well it is connected. */
export interface Dot {
  id: string;
  label: string;
  fill: string;
  x: number;
  y: number;
  radius: number;
  degree: number;
}

export interface Stroke {
  from: Dot;
  to: Dot;
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** The dots and strokes of a graph. Edges to nodes that are not there are left out. */
export function picture(card: GraphCard): { dots: Dot[]; strokes: Stroke[] } {
  const ids = new Set(card.nodes.map(({ id }) => id));
  const edges = card.edges.filter(({ source, target }) => ids.has(source) && ids.has(target));
  const dots = card.nodes.map((node): Dot => {
    const degree = edges.filter(({ source, target }) => source === node.id || target === node.id).length;
    const x = MARGIN.x + node.x * (WIDTH - 2 * MARGIN.x);
    const y = MARGIN.y + node.y * (HEIGHT - 2 * MARGIN.y);
    const label = node.label.length > LONGEST ? `${node.label.slice(0, LONGEST - 1)}…` : node.label;
    const fill = COLOUR.test(node.color) ? node.color : "var(--muted)";
    return { id: node.id, label, fill, x, y, radius: Math.min(11, 5 + degree), degree };
  });
  const byId = new Map(dots.map((dot) => [dot.id, dot]));
  const strokes = edges.map(({ source, target }) => ({ from: byId.get(source)!, to: byId.get(target)! }));
  return { dots, strokes };
}

/** Where to write the names of `chosen`: below, above, right or left of the dot, where least is covered. */
export function labels(dots: readonly Dot[], chosen: readonly Dot[]): { dot: Dot; x: number; y: number }[] {
  const taken: Box[] = dots.map(({ x, y, radius }) => around(x, y, radius * 2, radius * 2));
  return chosen.map((dot) => {
    const places = sides(dot).map((place) => ({ ...place, cost: cost(place.box, taken) }));
    const best = places.reduce((least, place) => (place.cost < least.cost ? place : least));
    taken.push(best.box);
    return { dot, x: best.x, y: best.y };
  });
}

function sides({ x, y, radius, label }: Dot) {
  const width = label.length * LETTER;
  const aside = radius + 5 + width / 2;
  const centres = [
    [x, y + radius + 9],
    [x, y - radius - 9],
    [x + aside, y],
    [x - aside, y],
  ] as const;
  return centres.map(([cx, cy]) => ({ x: cx, y: cy, box: around(cx, cy, width, LINE) }));
}

function cost(box: Box, taken: readonly Box[]): number {
  const outside =
    Math.max(0, -box.left) +
    Math.max(0, box.right - WIDTH) +
    Math.max(0, -box.top) +
    Math.max(0, box.bottom - HEIGHT);
  return taken.reduce((sum, other) => sum + overlap(box, other), outside * LINE);
}

function overlap(a: Box, b: Box): number {
  const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
  const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
  return wide > 0 && high > 0 ? wide * high : 0;
}

function around(x: number, y: number, width: number, height: number): Box {
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}
