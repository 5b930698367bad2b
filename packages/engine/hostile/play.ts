import { monitorEventLoopDelay } from "node:perf_hooks";
import { extension } from "../src/testing/extension.ts";
import type { FunctionTarget } from "../src/types.ts";
import type { HostileCase, Play } from "./case.ts";
import { judge } from "./judge.ts";
import { createFootprint, mountsBelow, untilNone, type Footprint } from "./leftovers.ts";
import { p99 } from "./neighbour.ts";
import { strayFolderCount, type Stage } from "./stage.ts";

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

/** Processor time comes in proportion to memory: with less the suite would take minutes. */
const attackMemoryMb = 512;
const attackTimeoutMs = 15_000;
/** The server may hold this much more during an attack: requests, lines of log and garbage not yet collected. */
const mostGrowthMb = 256;
/** A hostile answer of any size or depth is parsed by nobody, the test included. */
const mostParsedBytes = 65_536;
/** How often the attack's processes are looked at, until they were seen and from then on. Milliseconds. */
const noteEveryMs = 5;
const noteAgainEveryMs = 100;

/** What a hostile function is told of its surroundings: more than a real one would know. */
function eventFor({ engine, neighbour, decoys }: Stage): Readonly<Record<string, unknown>> {
  return {
    serverPid: process.pid,
    neighbourPid: engine.engine.environments().find(({ targetId }) => targetId === neighbour.target.id)?.pid,
    neighbourCode: neighbour.target.codeFolder,
    neighbourRequestId: neighbour.requestId,
    neighbourAddress: neighbour.address,
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

/** Extensions find it below /opt. */
const toolboxFor = (toolbox: Stage["toolbox"]): Stage["toolbox"] =>
  Object.fromEntries(Object.entries(toolbox).map(([name, content]) => [`toolbox/${name}`, content]));

interface Watch {
  readonly footprint: Footprint;
  readonly growthMb: number;
  readonly stallMs: number;
  stop(): void;
}

/** Notes the attack's processes while it runs, and what it costs the server. */
function watch({ engine }: Stage, target: FunctionTarget): Watch {
  const footprint = createFootprint();
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = process.memoryUsage.rss();
  let peak = before;
  let notedMs = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
    if (footprint.processCount > 2 && performance.now() - notedMs < noteAgainEveryMs) return;
    notedMs = performance.now();
    for (const { targetId, pid } of engine.engine.environments()) if (targetId === target.id && pid !== undefined) footprint.note(pid);
  };
  const timer = setInterval(look, noteEveryMs);
  return {
    footprint,
    get growthMb() {
      return (peak - before) / 1_048_576;
    },
    get stallMs() {
      return delay.max / 1e6;
    },
    stop() {
      notedMs = 0;
      look();
      clearInterval(timer);
      delay.disable();
    },
  };
}

async function cleared({ engine }: Stage, target: FunctionTarget, footprint: Footprint): Promise<void> {
  engine.engine.retire(target.id);
  await footprint.gone();
  await untilNone(() => [
    ...engine.engine
      .environments()
      .filter(({ targetId }) => targetId === target.id)
      .map(({ id }) => `environment ${id}`),
    ...(strayFolderCount(engine) > 0 ? [`${strayFolderCount(engine)} folders`] : []),
    ...mountsBelow(engine.folder).map((path) => `mount ${path}`),
  ]);
}

/** Plays a case. @throws if it did not end as it must, the neighbour suffered, or something is left behind */
export async function playCase(stage: Stage, hostile: HostileCase): Promise<Measured> {
  const { engine, neighbour, decoys, toolbox } = stage;
  const isPython = hostile.python !== undefined;
  const target = await engine.target(
    { ...toolbox, [isPython ? "index.py" : "index.cjs"]: hostile.python ?? hostile.node ?? "" },
    {
      functionName: "hostile",
      runtime: isPython ? "python3.11" : "nodejs24.x",
      memorySizeMb: attackMemoryMb,
      timeoutMs: attackTimeoutMs,
      ...(hostile.extension === undefined
        ? {}
        : { optFolder: await engine.folderOf({ ...toolboxFor(toolbox), "extensions/hostile": extension(hostile.extension) }) }),
      ...hostile.target,
    },
  );
  const event = eventFor(stage);
  const play: Play = {
    stage,
    target,
    async invoke(more) {
      const result = await engine.invoke(target, { ...event, ...more });
      return { result, payload: parsed(result.payload) };
    },
  };
  const watching = watch(stage, target);
  const startedAt = performance.now();
  let attackMs = 0;
  const attack = (hostile.play?.(play) ?? play.invoke()).finally(() => (attackMs = performance.now() - startedAt));
  const [outcome, times] = await Promise.all([attack, neighbour.callDuring(attack)]).finally(() => watching.stop());
  judge(hostile.ends, outcome);
  await hostile.verify?.(outcome, play);
  // One that ended by itself may have been quicker than anybody looked.
  if (watching.footprint.processCount < 2 && outcome.result.functionError === undefined)
    throw new Error("Nobody saw the attack's processes.");
  await cleared(stage, target, watching.footprint);
  const { growthMb, stallMs } = watching;
  if (growthMb > mostGrowthMb) throw new Error(`The server grew by ${Math.round(growthMb)} MB.`);
  if (decoys.visitors > 0) throw new Error("Something of the host's was reached.");
  return { attackMs, neighbourCalls: times.length, neighbourP99Ms: p99(times), serverStallMs: stallMs, serverGrowthMb: growthMb };
}
