import { fileURLToPath } from "node:url";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

const platform = process.env.VEGVISR_URL ?? "http://localhost:8787";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  cacheDir: fileURLToPath(new URL("../node_modules/.vite", import.meta.url)),
  plugins: [vue()],
  resolve: { alias: { "@": fileURLToPath(new URL("./src", import.meta.url)) } },
  // Inlined fonts would be data: addresses, which the content security policy refuses.
  build: { target: "es2023", cssTarget: ["chrome123", "firefox121", "safari17.5"], assetsInlineLimit: 0 },
  // The platform takes requests of its own origin only.
  server: {
    proxy: { "/api": { target: platform, ws: true, changeOrigin: true, headers: { origin: platform } } },
  },
  test: { environment: "node", include: ["src/**/*.test.ts"] },
});
