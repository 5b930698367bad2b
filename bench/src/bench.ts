import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import { createRuntimes, type InterpretedRuntime, type RuntimeDescription } from "@mayfly/runtimes";
import { clientsFor, startServerProcess, type Clients, type ServerProcess } from "@mayfly/testkit";
import { startFloor, type Floor } from "./floor-process.ts";
import type { BenchLimits } from "./limits.ts";
import type { LoadPlan } from "./load-plan.ts";
import { startLoadProcess, type LoadProcess } from "./load-process.ts";

/** What every measure works with. */
export interface Bench {
  readonly limits: BenchLimits;
  readonly load: LoadProcess;
  /** The runtimes that this machine has an interpreter for. */
  readonly runtimes: readonly InterpretedRuntime[];
  /** Those that it has none for. */
  readonly missingRuntimes: readonly string[];
  /** The running server. */
  server(): ServerProcess;
  lambda(): LambdaClient;
  /** Starts a server; the data of the one before are kept. */
  startServer(): Promise<void>;
  stopServer(): Promise<void>;
  /** The floor whose bare client runs on this runtime's interpreter; started when first asked for. */
  floorOf(runtime: InterpretedRuntime): Promise<Floor>;
  /** The part of a plan that says where to and as whom; the floor gets the same request. */
  target(url: string): Pick<LoadPlan, "url" | "signAs">;
  /** Ends all that it started, and removes the data. */
  close(): Promise<void>;
}

const bareClients = {
  nodejs: [fileURLToPath(new URL("bare-client.cjs", import.meta.url))],
  python: ["-I", "-S", fileURLToPath(new URL("bare_client.py", import.meta.url))],
} as const;

/** The command of a bare client on an interpreter. */
export const bareClientOf = ({ interpreter, language }: InterpretedRuntime): readonly string[] => [interpreter, ...bareClients[language]];

/** Makes ready what the measures need. Starts no server: `startServer` does. */
export async function createBench(limits: BenchLimits): Promise<Bench> {
  const dataFolder = mkdtempSync(join(tmpdir(), "mayfly-bench-"));
  const load = startLoadProcess();
  const floors = new Map<string, Promise<Floor>>();
  const described = await describeRuntimes(dataFolder);
  let closed = false;
  const mustBeOpen = (): void => {
    if (closed) throw new Error("The bench is over.");
  };
  let starting: Promise<ServerProcess> | undefined;
  let server: ServerProcess | undefined;
  let clients: Clients | undefined;
  const started = <T>(thing: T | undefined): T => {
    if (thing === undefined) throw new Error("No server runs yet.");
    return thing;
  };
  const stopServer = async (): Promise<void> => {
    clients?.destroy();
    await server?.stop();
  };
  return {
    limits,
    load,
    runtimes: described.flatMap(({ resolved }) => (resolved === undefined || resolved.language === "provided" ? [] : resolved)),
    missingRuntimes: described.filter(({ resolved }) => resolved === undefined).map(({ runtime }) => runtime),
    server: () => started(server),
    lambda: () => started(clients).lambda,
    async startServer() {
      mustBeOpen();
      starting = startServerProcess({ dataFolder });
      server = await starting;
      clients = clientsFor(server);
    },
    stopServer,
    floorOf(runtime) {
      mustBeOpen();
      const floor = floors.get(runtime.interpreter) ?? startFloor(bareClientOf(runtime));
      floors.set(runtime.interpreter, floor);
      return floor;
    },
    target: (url) => ({ url, signAs: { ...started(server).credentials, region: "us-east-1", service: "lambda" } }),
    async close() {
      closed = true;
      clients?.destroy();
      // A bench that is stopped may be in the midst of starting something.
      const started = [starting, ...floors.values()].map(async (process) => (await process)?.stop());
      await Promise.allSettled([load.stop(), ...started]);
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

const describeRuntimes = (dataFolder: string): Promise<readonly RuntimeDescription[]> =>
  createRuntimes({ runtimesFolder: join(dataFolder, "runtimes"), bundledNode: process.execPath }).describe();
