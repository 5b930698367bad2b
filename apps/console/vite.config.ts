import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";
import { compression } from "vite-plugin-compression2";

/**
 * Cloudscape's frame carries a drawer in which the AWS console announces features to its users, and with it a drag-and-drop library:
 * 14 KB of every first page. Nothing here announces any.
 */
const withoutAnnouncements: Plugin = {
  name: "without-announcements",
  load: (id) =>
    id.endsWith("/feature-notifications-drawer-content.js")
      ? "export const RuntimeContentPart = () => null; export default RuntimeContentPart;"
      : undefined,
};

/** The console is served by the server under /console/; `vite` (development) hands what is not its own on to a running server. */
export default defineConfig({
  base: "/console/",
  plugins: [
    react(),
    withoutAnnouncements,
    // The server sends these as they are (apps/server/src/console/console-files.ts).
    compression({ algorithms: ["gzip"], include: /\.(js|css|ttf|svg)$/, threshold: 1_000 }),
  ],
  build: { outDir: "dist", target: "es2023", sourcemap: false, chunkSizeWarningLimit: 2_000, modulePreload: { polyfill: false } },
  worker: { format: "es" },
  server: { proxy: { "^/(?!console/)": "http://127.0.0.1:4566" } },
});
