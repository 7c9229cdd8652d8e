// An AI provider that takes every question and never answers.
import { WorkerEntrypoint } from "cloudflare:workers";

export default class HangingAi extends WorkerEntrypoint {
  async run() {
    await new Promise((answer) => setTimeout(answer, 3_600_000));
  }
  async fetch() {
    return new Response("silent");
  }
}
