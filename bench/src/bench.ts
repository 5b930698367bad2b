import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { LambdaClient } from "@aws-sdk/client-lambda";
import { createRuntimes, type InterpretedRuntime } from "@mayfly/runtimes";
import { clientsFor, startServerProcess, type Clients, type ServerProcess } from "@mayfly/testkit";
import { startFloor, type Floor } from "./floor-process.ts";
import { floorClients, type BenchLimits } from "./limits.ts";
import type { LoadPlan } from "./load-plan.ts";
import { startLoadProcess, type LoadProcess } from "./load-process.ts";

/** What every measure works with. */
export interface Bench {
  readonly limits: BenchLimits;
  /** A folder for whatever a measure needs; it goes with the bench. */
  readonly folder: string;
  readonly load: LoadProcess;
  /** Node 24, the very one that runs the bench. */
  readonly node: InterpretedRuntime;
  /** Python 3.11, else the newest that this machine has; undefined if it has none. */
  readonly python: InterpretedRuntime | undefined;
  /** Says what is going on. */
  say(what: string): void;
  /** Notes what is not measured, and why. */
  note(what: string): void;
  readonly notes: readonly string[];
  /** The running server. */
  server(): ServerProcess;
  lambda(): LambdaClient;
  /** Starts a server; the data of the one before are kept. */
  startServer(environment?: Readonly<Record<string, string>>): Promise<void>;
  /** Starts one unless one runs. */
  needServer(): Promise<void>;
  stopServer(): Promise<void>;
  /** The floor whose bare clients run on this runtime's interpreter; started when first asked for. */
  floorOf(runtime: InterpretedRuntime): Promise<Floor>;
  /** The part of a plan that says where to and as whom; the floor gets the same request. */
  target(url: string): Pick<LoadPlan, "url" | "signAs">;
  /** Has something undone at the end, however that comes about. */
  onClose(undo: () => Promise<void>): void;
  /** Ends all that it started, and removes the data. */
  close(): Promise<void>;
}

const bareClients = {
  nodejs: [fileURLToPath(new URL("bare-client.cjs", import.meta.url))],
  python: ["-I", "-S", fileURLToPath(new URL("bare_client.py", import.meta.url))],
} as const;

/** The command of a bare client on an interpreter. */
export const bareClientOf = ({ interpreter, language }: InterpretedRuntime): readonly string[] => [interpreter, ...bareClients[language]];

/** Makes ready what the measures need. Starts no server. */
export async function createBench(limits: BenchLimits): Promise<Bench> {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-bench-"));
  const chosen = await chooseRuntimes(folder);
  const load = startLoadProcess();
  const floors = new Map<string, Promise<Floor>>();
  const undos: (() => Promise<void>)[] = [];
  const notes: string[] = chosen.python === undefined ? ["Python: this machine has none that Mayfly would use"] : [];
  let closed = false;
  const mustBeOpen = (): void => {
    if (closed) throw new Error("The bench is over.");
  };
  let running: { readonly server: ServerProcess; readonly clients: Clients } | undefined;
  let starting: Promise<ServerProcess> | undefined;
  const started = (): NonNullable<typeof running> => {
    if (running === undefined) throw new Error("No server runs.");
    return running;
  };
  const startServer = async (environment: Readonly<Record<string, string>> = {}): Promise<void> => {
    mustBeOpen();
    starting = startServerProcess({ dataFolder: join(folder, "data"), environment });
    const server = await starting;
    running = { server, clients: clientsFor(server) };
  };
  return {
    ...chosen,
    limits,
    folder,
    load,
    notes,
    say: (what) => console.error(`measuring ${what}`),
    note: (what) => void notes.push(what),
    server: () => started().server,
    lambda: () => started().clients.lambda,
    startServer,
    needServer: async () => (running === undefined ? startServer() : undefined),
    async stopServer() {
      running?.clients.destroy();
      await running?.server.stop();
      running = undefined;
    },
    floorOf(runtime) {
      mustBeOpen();
      const floor = floors.get(runtime.interpreter) ?? startFloor(bareClientOf(runtime), floorClients);
      floors.set(runtime.interpreter, floor);
      return floor;
    },
    target: (url) => ({ url, signAs: { ...started().server.credentials, region: "us-east-1", service: "lambda" } }),
    onClose: (undo) => void undos.push(undo),
    async close() {
      closed = true;
      running?.clients.destroy();
      // A bench that is stopped may be in the midst of starting something.
      const processes = [starting, ...floors.values()].map(async (process) => (await process)?.stop());
      await Promise.allSettled([load.stop(), ...processes, ...undos.map((undo) => undo())]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function chooseRuntimes(folder: string): Promise<Pick<Bench, "node" | "python">> {
  const runtimes = createRuntimes({ runtimesFolder: join(folder, "data/runtimes"), bundledNode: process.execPath });
  const described = await runtimes.describe();
  const found = described.flatMap(({ resolved }) => (resolved === undefined || resolved.language === "provided" ? [] : resolved));
  const node = found.find(({ runtime, interpreter }) => runtime === "nodejs24.x" && interpreter === process.execPath);
  if (node === undefined) throw new Error("The Node that runs the bench serves no runtime.");
  const pythons = found.filter(({ language, exact }) => language === "python" && exact);
  return { node, python: pythons.find(({ runtime }) => runtime === "python3.11") ?? pythons[0] };
}
