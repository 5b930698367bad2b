import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  InvokeCommand,
  waitUntilFunctionActiveV2,
  type InvokeCommandOutput,
} from "@aws-sdk/client-lambda";
import { clientsFor, descendantsOf, startServerProcess, waitFor, zipOf, type Clients, type ServerProcess } from "@mayfly/testkit";
import type { ServerCase } from "./cases/server.ts";
import { judge } from "./judge.ts";

/** A whole server with a neighbour deployed to it. */
export interface ServerStage {
  readonly server: ServerProcess;
  readonly clients: Clients;
  /** @throws if the case did not end as it must, the neighbour or the server suffered, or something is left */
  run(hostile: ServerCase): Promise<void>;
  close(): Promise<void>;
}

const role = "arn:aws:iam::123456789012:role/execution_role";
const neighbourName = "neighbour";
const neighbourCode = `
import os
def handler(event, context):
    return {"n": event.get("n"), "key": os.environ["AWS_ACCESS_KEY_ID"], "token": os.environ["AWS_SESSION_TOKEN"]}
`;
/** The server may hold this much more during an attack. */
const mostGrowthMb = 256;

async function deploy(
  clients: Clients,
  name: string,
  files: Readonly<Record<string, string>>,
  variables: Record<string, string>,
): Promise<void> {
  await clients.lambda.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: "python3.11",
      Role: role,
      Handler: "index.handler",
      MemorySize: 512,
      Timeout: 25,
      Code: { ZipFile: await zipOf(files) },
      Environment: { Variables: variables },
    }),
  );
  await waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.2 }, { FunctionName: name });
}

const invoke = (clients: Clients, name: string, event: unknown): Promise<InvokeCommandOutput> =>
  clients.lambda.send(new InvokeCommand({ FunctionName: name, LogType: "Tail", Payload: Buffer.from(JSON.stringify(event)) }));

const memoryMb = (pid: number): number => Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;

async function toolbox(): Promise<Record<string, string>> {
  const names = ["attack.py", "aws.py", "attack.cjs"];
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(import.meta.dirname, "toolbox", name), "utf8")])),
  );
}

/** Starts one. */
export async function openServerStage(): Promise<ServerStage> {
  const server = await startServerProcess();
  const clients = clientsFor(server);
  const tools = await toolbox();
  await deploy(clients, neighbourName, { "index.py": neighbourCode }, {});
  let calls = 0;
  const callNeighbour = async (): Promise<{ key: string; token: string }> => {
    const n = calls++;
    const answer = JSON.parse((await invoke(clients, neighbourName, { n })).Payload!.transformToString()) as {
      n: number;
      key: string;
      token: string;
    };
    assert.equal(answer.n, n, "The neighbour's answer");
    return answer;
  };
  const { key, token } = await callNeighbour();
  const event = {
    dataFolder: server.dataFolder,
    rootKey: server.credentials.accessKeyId,
    neighbourName,
    neighbourKey: key,
    neighbourToken: token,
  };

  const duringAttack = async (attack: Promise<unknown>): Promise<number> => {
    const state = { isOver: false };
    const over = (): void => void (state.isOver = true);
    attack.then(over, over);
    let peakMb = 0;
    do {
      await callNeighbour();
      assert.equal((await fetch(`${server.url}/_mayfly/health`)).status, 200);
      peakMb = Math.max(peakMb, memoryMb(server.pid));
    } while (!state.isOver);
    return peakMb;
  };

  return {
    server,
    clients,
    async run(hostile) {
      const name = `hostile-${randomUUID().slice(0, 8)}`;
      await deploy(clients, name, { ...tools, "index.py": hostile.python }, { ...hostile.environment });
      const beforeMb = memoryMb(server.pid);
      const attack = invoke(clients, name, event);
      const [result, peakMb] = await Promise.all([attack, duringAttack(attack)]);
      const payload: unknown = JSON.parse(result.Payload!.transformToString());
      judge(hostile.ends, {
        payload,
        result: { functionError: result.FunctionError, logTail: Buffer.from(result.LogResult ?? "", "base64") },
      });
      assert.ok(peakMb - beforeMb < mostGrowthMb, `The server grew by ${Math.round(peakMb - beforeMb)} MB.`);
      await clients.lambda.send(new DeleteFunctionCommand({ FunctionName: name }));
      await callNeighbour();
    },
    async close() {
      clients.destroy();
      const processes = descendantsOf(server.pid);
      await server.stop();
      await waitFor("the server's processes to be gone", () => processes.every((pid) => !isRunning(pid)));
      await server.dispose();
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    return !/^State:\s+[ZX]/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}
