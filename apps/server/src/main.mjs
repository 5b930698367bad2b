import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// No TypeScript: what comes before the cache is switched on has its types stripped at every start, and loading what strips them takes 30 MB for good.
enableCompileCache(fileURLToPath(new URL("../../../node_modules/.cache/mayfly-compile", import.meta.url)));
await import("./command-line.ts");
