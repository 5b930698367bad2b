import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The console is served by the server under /console/; `vite` (development) hands what is not its own on to a running server. */
export default defineConfig({
  base: "/console/",
  plugins: [react()],
  build: { outDir: "dist", target: "es2023", sourcemap: false, chunkSizeWarningLimit: 2_000, modulePreload: { polyfill: false } },
  worker: { format: "es" },
  server: { proxy: { "^/(?!console/)": "http://127.0.0.1:4566" } },
});
