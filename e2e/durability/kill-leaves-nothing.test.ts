import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateFunctionCommand, InvokeCommand, waitUntilFunctionActiveV2, type LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  clientsFor,
  footprintOf,
  leftOf,
  scaled,
  startServerProcess,
  waitFor,
  zipOf,
  type Footprint,
  type ServerProcess,
} from "@mayfly/testkit";

const role = "arn:aws:iam::123456789012:role/execution_role";
const kills = scaled(2, 20);
const callers = 8;

let dataFolder: string;
let server: ServerProcess | undefined;
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "mayfly-kill-"));
});
afterEach(async () => {
  await server?.dispose();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** Each leaves something behind: a process of a session of its own, a file in /tmp, a handler that never ends. */
const functions = [
  {
    FunctionName: "python",
    Runtime: "python3.9",
    file: "main.py",
    text:
      "import subprocess, time\n\n\ndef handler(event, context):\n    subprocess.Popen(['sleep', '1000'], start_new_session=True)\n" +
      "    with open('/tmp/file', 'wb') as file:\n        file.write(b'x' * 1000000)\n    time.sleep(1000 if event['hang'] else 0)\n",
  },
  {
    FunctionName: "node",
    Runtime: "nodejs20.x",
    file: "main.js",
    text:
      'const { spawn } = require("node:child_process");\nconst { writeFileSync } = require("node:fs");\nexports.handler = async (event) => {\n' +
      '  spawn("sleep", ["1000"], { detached: true, stdio: "ignore" }).unref();\n  writeFileSync("/tmp/file", "x".repeat(1e6));\n' +
      "  if (event.hang) await new Promise((resolve) => setTimeout(resolve, 1e6));\n};\n",
  },
] as const;

async function createFunctions(client: LambdaClient): Promise<void> {
  for (const { FunctionName, Runtime, file, text } of functions) {
    const Code = { ZipFile: await zipOf({ [file]: text }) };
    await client.send(new CreateFunctionCommand({ FunctionName, Runtime, Role: role, Handler: "main.handler", Timeout: 900, Code }));
    await waitUntilFunctionActiveV2({ client, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.2 }, { FunctionName });
  }
}

/** Invokes without a pause until the server is gone. Every fifth invocation hangs; every third is asynchronous. */
function startLoad(client: LambdaClient): { readonly answered: () => number; readonly over: Promise<unknown> } {
  let sent = 0;
  let answered = 0;
  const callOn = async (): Promise<void> => {
    for (;;) {
      const number = sent++;
      const InvocationType = number % 3 === 0 ? "Event" : "RequestResponse";
      const Payload = JSON.stringify({ hang: number % 5 === 0 });
      try {
        const call = client.send(
          new InvokeCommand({ FunctionName: functions[number % functions.length]?.FunctionName, InvocationType, Payload }),
        );
        // Nobody waits for the one that hangs; what becomes of it is the kill's business.
        if (number % 5 === 0) call.catch(() => {});
        else await call;
        answered++;
      } catch (error) {
        // Answers of the server's are errors with a status; without one there is no server any more.
        if ((error as { $response?: unknown }).$response === undefined) return;
      }
    }
  };
  return { answered: () => answered, over: Promise.all(Array.from({ length: callers }, callOn)) };
}

/** Stops the server in the midst of its work, so that what it has started can be counted, and kills it. */
async function killUnderLoad(running: ServerProcess): Promise<Footprint> {
  const clients = clientsFor(running);
  const load = startLoad(clients.lambda);
  await waitFor("some answers", () => load.answered() > 2 * callers, 60_000);
  process.kill(running.pid, "SIGSTOP");
  const footprint = footprintOf(running);
  await running.kill();
  await load.over;
  clients.destroy();
  return footprint;
}

test(
  `${kills} times kill -9 under load: after the next start no process, control group, mount or folder is left`,
  async () => {
    server = await startServerProcess({ dataFolder });
    const first = clientsFor(server);
    await createFunctions(first.lambda);
    first.destroy();

    for (let round = 0; round < kills; round++) {
      const before = await killUnderLoad(server);
      expect(before.processes.size).toBeGreaterThan(0);
      expect(before.folders.size).toBeGreaterThan(0);
      server = await startServerProcess({ dataFolder });
      await waitFor(`what kill ${round + 1} left behind to be gone`, () => {
        const left = leftOf(before, dataFolder);
        if (left.length > 0) throw new Error(left.join("\n"));
        return true;
      });
    }

    const last = footprintOf(server);
    await server.stop();
    expect(leftOf(last, dataFolder)).toEqual([]);
    expect(readdirSync(join(dataFolder, "sandboxes")).filter((name) => name !== "empty")).toEqual([]);
  },
  scaled(180_000, 1_800_000),
);
