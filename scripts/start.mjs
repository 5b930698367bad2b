// `npm start`: sets the clone up where needed, then starts the server with the arguments after `--`.
import { setUp } from "./setup.mjs";

const started = Date.now();
await setUp();
const { runOnNode24 } = await import("../apps/server/bin/node24.mjs");
await runOnNode24(new URL("../apps/server/src/main.mjs", import.meta.url), ["start", ...process.argv.slice(2)], {
  ...process.env,
  MAYFLY_LAUNCHED_AT_MS: String(started),
});
