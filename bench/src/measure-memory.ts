import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { InterpretedRuntime } from "@mayfly/runtimes";
import { descendantsOf } from "@mayfly/testkit";
import type { Bench } from "./bench.ts";
import { createFunction, invokePath, type Program } from "./functions.ts";
import { goals, type Goal } from "./goals.ts";
import { hasBoto3 } from "./has-boto3.ts";
import { memoryMb, pidNamespaceOf } from "./processes.ts";
import type { Measurements, Row } from "./report.ts";
import { untilQuiet } from "./until-quiet.ts";

const invocations = 100;

/** The idle server's own process, and all processes of one warm environment, beside the floor's front and one of its bare clients. */
export async function measureMemory(bench: Bench): Promise<Measurements> {
  const { node, python } = bench;
  bench.say("memory");
  const rows = [await ofServer(bench), await ofEnvironment(bench, node, "where", goals.nodeMemory)];
  if (python !== undefined) {
    rows.push(await ofEnvironment(bench, python, "where"));
    if (await hasBoto3(bench, python)) rows.push(await ofEnvironment(bench, python, "whereBoto3", goals.boto3Memory));
  }
  return { rows: rows.filter((row) => row !== undefined) };
}

async function ofServer(bench: Bench): Promise<Row | undefined> {
  // Anew: what other measures left behind is no part of it.
  await bench.stopServer();
  await bench.startServer();
  await untilQuiet(bench.server().pid);
  return rowOf(bench, "server, idle", [bench.server().pid], (await bench.floorOf(bench.node)).pid, goals.serverMemory);
}

async function ofEnvironment(bench: Bench, runtime: InterpretedRuntime, program: Program, goal?: Goal): Promise<Row | undefined> {
  const FunctionName = await createFunction(bench.lambda(), "memory", runtime.runtime, program);
  const { Payload } = await bench.lambda().send(new InvokeCommand({ FunctionName }));
  const namespace = JSON.parse(Buffer.from(Payload ?? []).toString()) as string;
  const answer = JSON.stringify(namespace);
  const plan = { callers: 1, warmUpMs: 0, runMs: 30_000, runCount: invocations, answer };
  await bench.load.run({ ...plan, ...bench.target(bench.server().url), path: invokePath(FunctionName) });
  await untilQuiet(bench.server().pid);
  const measure = `environment ${runtime.runtime}${program === "whereBoto3" ? " with boto3" : ""}, warm`;
  const { clientPid } = await bench.floorOf(runtime);
  return rowOf(bench, measure, processesOf(bench.server().pid, namespace), clientPid, goal);
}

/** What runs in a pid namespace, and the launcher that made it. */
const processesOf = (serverPid: number, namespace: string): readonly number[] =>
  descendantsOf(serverPid).filter((pid) => pidNamespaceOf(pid) === namespace || pidNamespaceOf(pid, "pid_for_children") === namespace);

function rowOf(bench: Bench, what: string, pids: readonly number[], floorPid: number, goal?: Goal): Row | undefined {
  const measure = `memory (PSS), ${what}`;
  const mayfly = pids.length === 0 ? undefined : memoryMb(pids);
  if (mayfly === undefined) {
    bench.note(`${measure}: this machine does not let us look at the processes`);
    return undefined;
  }
  const floor = memoryMb([floorPid]);
  return { measure, figure: "", unit: "MiB", mayfly, ...(floor !== undefined && { floor }), ...(goal !== undefined && { goal }) };
}
