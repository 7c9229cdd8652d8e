// Build the pages anew whenever one of their sources changes: node run/pages.mjs FRONTEND STAMP
// What is there now, the set-up has built. Its STAMP goes: from the first change on, it is not true.
import { rmSync, watch } from "node:fs";
import { build } from "vite";

const [root, stamp] = process.argv.slice(2);
const SOURCES = /^(src|public)\/|^(index\.html|tsconfig\.json|vite\.config\.ts)$/;
const SETTLED_MS = 100;
let timer;
let building = false;

async function rebuild() {
  if (building) return soon();
  building = true;
  rmSync(stamp, { force: true });
  try {
    // Whoever has the old page open still asks for the old files.
    await build({ root, logLevel: "warn", build: { emptyOutDir: false } });
    console.log("The pages are built anew.");
  } catch (problem) {
    console.error(problem.message);
  }
  building = false;
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(rebuild, SETTLED_MS);
}

watch(root, { recursive: true }, (_, name) => name && SOURCES.test(name) && soon());
console.log("Editing a page reloads it.");
