import { defineStore } from "pinia";
import { reactive } from "vue";
import { get, Refused } from "@/api";
import type { GraphCard } from "@/wire";

export type GraphState = { card: GraphCard } | "loading" | "not_available" | "failed";

/** The graphs that cards show: each is asked for once. */
export const useGraphs = defineStore("graphs", () => {
  const graphs = reactive(new Map<string, GraphState>());

  async function load(id: string): Promise<void> {
    const known = graphs.get(id);
    if (known && known !== "failed") return;
    graphs.set(id, "loading");
    try {
      graphs.set(id, { card: await get<GraphCard>(`/api/graphs/${encodeURIComponent(id)}`) });
    } catch (error) {
      const isGone = error instanceof Refused && error.code === "graph_not_found";
      graphs.set(id, isGone ? "not_available" : "failed");
    }
  }

  return { graphs, load };
});
