#!/usr/bin/env node
// The `mayfly` command. Plain JavaScript for any Node 20 or newer: it hands over to the Node 24 that came with the clone.
import { runOnNode24 } from "./node24.mjs";

await runOnNode24(new URL("../src/main.mjs", import.meta.url), process.argv.slice(2));
