import { readdirSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { SandboxSupport } from "@mayfly/sandbox";
import { startTestEngine, type TestEngine } from "../src/testing/test-engine.ts";
import type { FunctionTarget } from "../src/types.ts";
import type { HostileCase, Play } from "./case.ts";
import { startDecoys, type Decoys } from "./decoys.ts";
import { judge } from "./judge.ts";
import { createFootprint, mountsBelow, openFileCount, untilNone, type Footprint } from "./leftovers.ts";
import { p99, startNeighbour, type Neighbour } from "./neighbour.ts";

/** An engine with a neighbour in it and things around it that must stay out of reach. */
export interface Stage {
  readonly engine: TestEngine;
  readonly support: SandboxSupport;
  readonly neighbour: Neighbour;
  readonly decoys: Decoys;
  /** The neighbour's calls when nobody attacks. */
  readonly quietP99Ms: number;
  /** Plays a case. @throws if it did not end as it must, the neighbour suffered, or something is left behind */
  run(hostile: HostileCase): Promise<Measured>;
  close(): Promise<void>;
}

/** What was measured while a case was played. */
export interface Measured {
  readonly attackMs: number;
  readonly neighbourCalls: number;
  readonly neighbourP99Ms: number;
  /** The longest that the server's own event loop was held up. */
  readonly serverStallMs: number;
  /** How much more memory the server held at its peak. */
  readonly serverGrowthMb: number;
}

const toolboxFolder = join(import.meta.dirname, "toolbox");
const attackMemoryMb = 128;
const attackTimeoutMs = 15_000;
/** The server may hold this much more during an attack: requests, lines of log and garbage not yet collected. */
const mostGrowthMb = 256;
/** A hostile answer of any size or depth is parsed by nobody, the test included. */
const mostParsedBytes = 65_536;
/** How often the attack's processes are looked at. Milliseconds. */
const noteEveryMs = 5;

async function readToolbox(): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(toolboxFolder)).filter((name) => /\.(py|cjs)$/.test(name));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(toolboxFolder, name), "utf8")])));
}

/** What a hostile function is told of its surroundings: more than a real one would know. */
function eventFor({ engine, neighbour, decoys }: Pick<Stage, "engine" | "neighbour" | "decoys">): Readonly<Record<string, unknown>> {
  return {
    serverPid: process.pid,
    neighbourPid: engine.engine.environments().find(({ targetId }) => targetId === neighbour.target.id)?.pid,
    neighbourCode: neighbour.target.codeFolder,
    neighbourRequestId: neighbour.requestId,
    neighbourSecret: neighbour.secret,
    folder: engine.folder,
    hostSecret: decoys.secret,
    secretFile: decoys.secretFile,
    port: decoys.port,
    addresses: decoys.addresses,
    socketPath: decoys.socketPath,
    abstractName: decoys.abstractName,
    sharedMemoryKey: decoys.sharedMemoryKey,
  };
}

function parsed(payload: Buffer): unknown {
  if (payload.length > mostParsedBytes) return undefined;
  try {
    return JSON.parse(payload.toString());
  } catch {
    return undefined;
  }
}

/** Notes the attack's processes while it runs. */
function follow(engine: TestEngine, target: FunctionTarget): { readonly footprint: Footprint; readonly growthMb: number; stop(): void } {
  const footprint = createFootprint();
  const before = process.memoryUsage.rss();
  let peak = before;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
    for (const { targetId, pid } of engine.engine.environments()) if (targetId === target.id && pid !== undefined) footprint.note(pid);
  };
  const timer = setInterval(look, noteEveryMs);
  return {
    footprint,
    get growthMb() {
      return (peak - before) / 1_048_576;
    },
    stop() {
      look();
      clearInterval(timer);
    },
  };
}

/** Folders of environments, but for those that live. */
function strayFolders(engine: TestEngine): string[] {
  const living = engine.engine.environments().map(({ id }) => id.slice(0, 16));
  return readdirSync(join(engine.folder, "environments")).filter((name) => !living.some((id) => name.startsWith(id)));
}

async function cleared(engine: TestEngine, target: FunctionTarget, footprint: Footprint, filesBefore: number): Promise<void> {
  engine.engine.retire(target.id);
  await footprint.gone();
  await untilNone(() => [
    ...engine.engine
      .environments()
      .filter(({ targetId }) => targetId === target.id)
      .map(({ id }) => `environment ${id}`),
    ...strayFolders(engine).map((name) => `folder ${name}`),
    ...mountsBelow(engine.folder).map((path) => `mount ${path}`),
    ...(openFileCount() > filesBefore ? [`${openFileCount() - filesBefore} open files of the server's`] : []),
  ]);
}

/** Sets it up. */
export async function openStage(): Promise<Stage> {
  const toolbox = await readToolbox();
  const engine = await startTestEngine();
  const decoys = await startDecoys(engine.folder);
  const neighbour = await startNeighbour(engine, toolbox);
  const quietP99Ms = p99(await neighbour.callDuring(new Promise((resolve) => setTimeout(resolve, 1_000))));
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();

  const stage: Stage = {
    engine,
    support: engine.support,
    neighbour,
    decoys,
    quietP99Ms,
    async run(hostile) {
      const files: Readonly<Record<string, string>> =
        hostile.python === undefined ? { "index.cjs": hostile.node ?? "" } : { "index.py": hostile.python };
      const target = await engine.target(
        { ...toolbox, ...files },
        {
          functionName: "hostile",
          runtime: hostile.python === undefined ? "nodejs24.x" : "python3.11",
          memorySizeMb: attackMemoryMb,
          timeoutMs: attackTimeoutMs,
          ...hostile.target,
        },
      );
      const filesBefore = openFileCount();
      const following = follow(engine, target);
      const event = eventFor(stage);
      const play: Play = {
        stage,
        target,
        async invoke(more) {
          const result = await engine.invoke(target, { ...event, ...more });
          return { result, payload: parsed(result.payload) };
        },
      };
      delay.reset();
      const startedAt = performance.now();
      let attackMs = 0;
      const attack = (hostile.play?.(play) ?? play.invoke()).finally(() => (attackMs = performance.now() - startedAt));
      const [outcome, times] = await Promise.all([attack, neighbour.callDuring(attack)]);
      following.stop();
      judge(hostile.ends, outcome);
      await hostile.verify?.(outcome, play);
      if (following.footprint.processCount < 2) throw new Error("Nobody saw the attack's processes.");
      await cleared(engine, target, following.footprint, filesBefore);
      const serverGrowthMb = following.growthMb;
      if (serverGrowthMb > mostGrowthMb) throw new Error(`The server grew by ${Math.round(serverGrowthMb)} MB.`);
      if (decoys.visitors > 0) throw new Error("Something of the host's was reached.");
      return { attackMs, neighbourCalls: times.length, neighbourP99Ms: p99(times), serverStallMs: delay.max / 1e6, serverGrowthMb };
    },
    async close() {
      delay.disable();
      await engine.close();
      await decoys.close();
    },
  };
  return stage;
}
