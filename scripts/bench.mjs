// `npm run bench [-- --json FILE]`: measures a server that it starts, beside the floor of the same machine in the same minutes.
import { setUp } from "./setup.mjs";

await setUp();
const { runOnNode24 } = await import("../apps/server/bin/node24.mjs");
await runOnNode24(new URL("../bench/src/main.ts", import.meta.url), process.argv.slice(2));
