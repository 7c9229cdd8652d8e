import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

// It starts Python and Node, which a busy machine does slowly.
const PATIENCE_MS = 60_000;

it("wire.ts is what schema/ says", { timeout: PATIENCE_MS }, () => {
  const script = fileURLToPath(new URL("../wire.mjs", import.meta.url));
  expect(() => execFileSync(process.execPath, [script, "--check"], { stdio: "pipe" })).not.toThrow();
});
