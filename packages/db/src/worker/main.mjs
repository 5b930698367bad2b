import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";

// As in apps/server/src/main.mjs: a thread has a cache of its own to switch on.
enableCompileCache(fileURLToPath(new URL("../../../../node_modules/.cache/mayfly-compile", import.meta.url)));
await import("./serve.ts");
