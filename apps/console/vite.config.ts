import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { compression } from "vite-plugin-compression2";
import { chunks, framePreloads } from "./bundle/chunks.ts";
import { fontFiles } from "./bundle/font-files.ts";
import { leanCloudscape } from "./bundle/lean-cloudscape.ts";

/** The console is served by the server under /console/; `vite` (development) hands what is not its own on to a running server. */
export default defineConfig({
  base: "/console/",
  plugins: [
    react(),
    leanCloudscape,
    fontFiles,
    framePreloads,
    // The server sends these as they are (apps/server/src/console/console-files.ts).
    compression({ algorithms: ["gzip"], include: /\.(js|css|ttf|svg)$/, threshold: 1_000 }),
  ],
  build: {
    outDir: "dist",
    target: "es2023",
    sourcemap: false,
    chunkSizeWarningLimit: 2_000,
    modulePreload: { polyfill: false },
    rolldownOptions: { input: ["index.html", "src/main.tsx"], output: { codeSplitting: { groups: chunks } } },
  },
  worker: { format: "es" },
  server: { proxy: { "^/(?!console/)": "http://127.0.0.1:4566" } },
});
