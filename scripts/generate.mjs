// Generates the Prisma client from prisma/ into packages/db/src/generated. Plain JavaScript: it runs on Node 20, before anything is set up.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const prisma = fileURLToPath(new URL("../node_modules/prisma/build/index.js", import.meta.url));
const result = spawnSync(process.execPath, [prisma, "generate", "--schema", "prisma"], {
  cwd: root,
  encoding: "utf8",
  env: {
    ...process.env,
    // Prisma wants to download a schema engine that `generate` never runs; any existing file satisfies it.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
});
if (result.status !== 0) {
  process.stderr.write(`${result.stdout ?? ""}${result.stderr ?? ""}`);
  process.exit(result.status ?? 1);
}
