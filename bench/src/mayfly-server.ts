import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { CreateFunctionCommand, GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { clientsFor, readCredentials, zipOf } from "@mayfly/testkit";
import { startChild, type Child } from "./child.ts";
import { limits, type RuntimeName } from "./limits.ts";
import type { LoadTarget } from "./load.ts";

const mayfly = fileURLToPath(new URL("../../apps/server/bin/mayfly.mjs", import.meta.url));

/** A Mayfly server, started as a user starts it. */
export interface MayflyServer {
  readonly child: Child;
  /** Its start until it said that it is ready. Milliseconds. */
  readonly readyMs: number;
  /** Makes a function that answers with its event, and waits until it is Active. */
  createFunction(name: string, runtime: RuntimeName): Promise<LoadTarget>;
  stop(): Promise<void>;
}

/** Starts one on a free port, over a temporary folder. */
export async function startMayfly(): Promise<MayflyServer> {
  const folder = await mkdtemp(join(tmpdir(), "mayfly-bench-"));
  const startedAtMs = performance.now();
  const args = [mayfly, "start", "--port", "0", "--data", folder, "--ephemeral"];
  const { child, found } = await startChild(process.execPath, args, /Mayfly is ready at (http:\S+)\n/, limits.startMs);
  const readyMs = performance.now() - startedAtMs;
  const url = new URL(found[1] ?? "");
  const credentials = readCredentials(folder);
  const clients = clientsFor({ url: url.origin, credentials });
  return {
    child,
    readyMs,
    async createFunction(name, runtime) {
      await clients.lambda.send(
        new CreateFunctionCommand({
          FunctionName: name,
          Runtime: runtime,
          Handler: "index.handler",
          Role: "arn:aws:iam::123456789012:role/execution_role",
          Code: { ZipFile: await code(runtime) },
        }),
      );
      const deadlineMs = performance.now() + limits.activeMs;
      while ((await clients.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))).State !== "Active") {
        if (performance.now() > deadlineMs) throw new Error(`${name} did not become Active in ${limits.activeMs} ms.`);
        await delay(limits.activePollMs);
      }
      return { host: url.hostname, port: Number(url.port), path: `/2015-03-31/functions/${name}/invocations`, credentials };
    },
    async stop() {
      clients.destroy();
      await child.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const code = (runtime: RuntimeName): Promise<Buffer> =>
  runtime.startsWith("nodejs")
    ? zipOf({ "index.mjs": "export const handler = async (event) => event;\n" })
    : zipOf({ "index.py": "def handler(event, context):\n    return event\n" });
