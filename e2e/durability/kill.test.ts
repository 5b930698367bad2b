import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { paginateFilterLogEvents, type CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { CreateFunctionCommand, InvokeCommand, waitUntilFunctionActiveV2, type LambdaClient } from "@aws-sdk/client-lambda";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clientsFor, processesWithEnvironment, scaled, startServerProcess, waitFor, zipOf, type ServerProcess } from "@mayfly/testkit";

const role = "arn:aws:iam::123456789012:role/execution_role";
const kills = scaled(1, 5);
const creations = scaled(40, 200);
const events = scaled(60, 200);

let dataFolder: string;
let server: ServerProcess | undefined;
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), "mayfly-kill-"));
});
afterEach(async () => {
  await server?.dispose();
  rmSync(dataFolder, { recursive: true, force: true });
});

/** What the server said yes to before it was killed. */
interface Acknowledged {
  readonly functions: Set<string>;
  readonly events: Set<string>;
}

/** A function that prints each event's id, with a mark in its environment by which its processes are found. */
function functionInput(name: string, code: Uint8Array, mark: string) {
  return {
    FunctionName: name,
    Runtime: "python3.9" as const,
    Role: role,
    Handler: "printer.handler",
    Code: { ZipFile: code },
    Environment: { Variables: { MARK: mark } },
  };
}

async function createPrinter(lambda: LambdaClient, name: string, code: Uint8Array, mark: string): Promise<void> {
  await lambda.send(new CreateFunctionCommand(functionInput(name, code, mark)));
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.2 }, { FunctionName: name });
}

/** Sends creations and events at once and kills the server in their midst; answers what had been acknowledged. */
async function killInTheMidst(
  running: ServerProcess,
  lambda: LambdaClient,
  round: number,
  code: Uint8Array,
  mark: string,
): Promise<Acknowledged> {
  const acknowledged: Acknowledged = { functions: new Set(), events: new Set() };
  const sent: Promise<unknown>[] = [];
  for (let i = 0; i < Math.max(creations, events); i++) {
    const name = `created-${round}-${i}`;
    const id = `event-${round}-${i}-${randomUUID()}`;
    if (i < creations)
      sent.push(lambda.send(new CreateFunctionCommand(functionInput(name, code, mark))).then(() => acknowledged.functions.add(name)));
    if (i < events) {
      const input = { FunctionName: "printer", InvocationType: "Event", Payload: Buffer.from(JSON.stringify({ id })) } as const;
      sent.push(lambda.send(new InvokeCommand(input)).then(() => acknowledged.events.add(id)));
    }
  }
  const settled = Promise.allSettled(sent);
  await waitFor("some acknowledgements", () => acknowledged.functions.size > creations / 8 && acknowledged.events.size > events / 8);
  await running.kill();
  await settled;
  return acknowledged;
}

/** What the function's log says. */
async function linesOf(logs: CloudWatchLogsClient, filterPattern?: string): Promise<readonly string[]> {
  const lines: string[] = [];
  const pages = paginateFilterLogEvents({ client: logs }, { logGroupName: "/aws/lambda/printer", filterPattern });
  for await (const page of pages) lines.push(...(page.events ?? []).map(({ message = "" }) => message.trim()));
  return lines;
}

const printedIds = async (logs: CloudWatchLogsClient): Promise<Set<string>> => new Set(await linesOf(logs, '"event-"'));

/** An event whose function failed, as it may on a machine that is busy with other things, is run again after one minute, and then after two. */
const retriedWithinMs = 240_000;

test(
  `kill -9 in the midst of ${creations} creations and ${events} events, ${kills} times, loses nothing that was acknowledged`,
  async () => {
    const mark = randomUUID();
    const code = await zipOf({ "printer.py": "def handler(event, context):\n    print(event['id'])\n" });
    const all: Acknowledged = { functions: new Set(), events: new Set() };
    server = await startServerProcess({ dataFolder });
    let clients = clientsFor(server);
    await createPrinter(clients.lambda, "printer", code, mark);

    for (let round = 0; round < kills; round++) {
      const acknowledged = await killInTheMidst(server, clients.lambda, round, code, mark);
      clients.destroy();
      for (const name of acknowledged.functions) all.functions.add(name);
      for (const id of acknowledged.events) all.events.add(id);
      await waitFor("the killed server's sandboxes to be gone", () => processesWithEnvironment(`MARK=${mark}`).length === 0);
      server = await startServerProcess({ dataFolder });
      clients = clientsFor(server);
    }

    for (const name of all.functions) {
      await waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.2 }, { FunctionName: name });
    }
    let missing = [...all.events];
    await waitFor(
      "every acknowledged event to have run",
      async () => {
        const printed = await printedIds(clients.logs);
        missing = missing.filter((id) => !printed.has(id));
        return missing.length === 0;
      },
      retriedWithinMs,
    ).catch(async (error: unknown) => {
      const said = (await linesOf(clients.logs)).filter((line) => !/^(START|END|REPORT|INIT_START|event-)/.test(line));
      throw new Error(`${missing.length} of ${all.events.size} events have not run; the function said besides: ${said.join("; ")}`, {
        cause: error,
      });
    });
    expect(all.events.size).toBeGreaterThan(0);
    expect(all.functions.size).toBeGreaterThan(0);
    clients.destroy();
    await server.stop();
    expect(processesWithEnvironment(`MARK=${mark}`)).toEqual([]);
  },
  scaled(400_000, 900_000),
);
