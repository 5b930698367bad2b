import { residentMb } from "./child.ts";
import { bareStartMs, startFloor, type FloorServer } from "./floor-server.ts";
import { limits, runtimes, warmRuntimes, type RuntimeName } from "./limits.ts";
import { runLoad, timeOneRequest, type LoadFigures, type LoadTarget } from "./load.ts";
import { startMayfly, type MayflyServer } from "./mayfly-server.ts";
import { quantile, type Measurement } from "./table.ts";

/** Takes a line about what is being done. */
export type Note = (line: string) => void;

/** Measures everything; Mayfly and the floor take turns, so that both see the machine in the same state. */
export async function measure(note: Note): Promise<Measurement[]> {
  const starts = await measureStarts(note);
  const mayfly = await startMayfly();
  try {
    const floor = await startFloor(limits.floorProcessCount);
    try {
      const idle: Measurement = { name: "resident memory, idle", unit: "MB", value: residentMb(mayfly.child.pid), floor: residentMb(floor.child.pid) };
      const cold = await measureColdStarts(mayfly, note);
      const warm: Measurement[] = [];
      for (const runtime of warmRuntimes) warm.push(...(await measureWarm(mayfly, floor, runtime, note)));
      const loaded: Measurement = { name: "resident memory, after the load", unit: "MB", value: residentMb(mayfly.child.pid), floor: residentMb(floor.child.pid) };
      return [...warm, ...cold, ...starts, idle, loaded];
    } finally {
      await floor.stop();
    }
  } finally {
    await mayfly.stop();
  }
}

async function measureStarts(note: Note): Promise<Measurement[]> {
  note("start to ready");
  const mayflyMs: number[] = [];
  const floorMs: number[] = [];
  for (let i = 0; i < limits.startCount; i++) {
    const mayfly = await startMayfly();
    mayflyMs.push(mayfly.readyMs);
    await mayfly.stop();
    const floor = await startFloor(1);
    floorMs.push(floor.readyMs);
    await floor.stop();
  }
  return [{ name: "start to ready", unit: "ms", value: quantile(mayflyMs, 0.5), floor: quantile(floorMs, 0.5) }];
}

async function measureColdStarts(mayfly: MayflyServer, note: Note): Promise<Measurement[]> {
  const floors = { nodejs: await bareStartMs("nodejs"), python: await bareStartMs("python") };
  const measurements: Measurement[] = [];
  for (const runtime of runtimes) {
    note(`cold start, ${runtime}`);
    try {
      const timesMs: number[] = [];
      for (let i = 0; i < limits.coldStartCount; i++) {
        timesMs.push(await timeOneRequest(await mayfly.createFunction(`cold-${runtime.replace(".", "-")}-${i}`, runtime)));
      }
      const floor = floors[runtime.startsWith("nodejs") ? "nodejs" : "python"];
      measurements.push({ name: `cold start, ${runtime}, p50`, unit: "ms", value: quantile(timesMs, 0.5), floor });
    } catch (error) {
      note(`cold start, ${runtime}: not measured (${error instanceof Error ? error.message : String(error)})`);
    }
  }
  return measurements;
}

async function measureWarm(mayfly: MayflyServer, floor: FloorServer, runtime: RuntimeName, note: Note): Promise<Measurement[]> {
  const target = await mayfly.createFunction(`warm-${runtime.replace(".", "-")}`, runtime);
  const floorTarget: LoadTarget = { ...target, host: "127.0.0.1", port: floor.port };
  const measurements: Measurement[] = [];
  for (const callers of limits.callers) {
    note(`warm Invoke, ${runtime}, ${callers} at a time`);
    const least = await runLoad(floorTarget, callers);
    measurements.push(...warmRows(`warm Invoke, ${runtime}, ${callers} at a time`, await runLoad(target, callers), least));
  }
  return measurements;
}

const warmRows = (name: string, value: LoadFigures, floor: LoadFigures): Measurement[] => [
  { name: `${name}, p50`, unit: "ms", value: value.p50Ms, floor: floor.p50Ms },
  { name: `${name}, p99`, unit: "ms", value: value.p99Ms, floor: floor.p99Ms },
  { name, unit: "req/s", value: value.perSecond, floor: floor.perSecond },
];
