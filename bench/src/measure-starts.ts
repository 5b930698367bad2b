import { startFloor } from "./floor-process.ts";
import { bareClientOf, type Bench } from "./bench.ts";
import { goals } from "./goals.ts";
import { median } from "./percentile.ts";
import type { Measurements } from "./report.ts";

/** Start to ready: with an empty data folder, and again with the one that it made. A server is left running. */
export async function measureStarts(bench: Bench): Promise<Measurements> {
  bench.say("starts");
  const mayflyMs: number[] = [];
  const floorMs: number[] = [];
  for (let i = 0; i <= bench.limits.serverStarts; i++) {
    floorMs.push(await floorStartMs(bench));
    await bench.stopServer();
    const startedMs = performance.now();
    await bench.startServer();
    mayflyMs.push(performance.now() - startedMs);
  }
  const [firstMs = NaN, ...laterMs] = mayflyMs;
  const floor = median(floorMs);
  return {
    rows: [
      { measure: "start to ready, first", figure: "", unit: "ms", mayfly: firstMs, floor, goal: goals.startToReady },
      { measure: "start to ready, again", figure: "p50", unit: "ms", mayfly: median(laterMs), floor, goal: goals.startToReady },
    ],
  };
}

async function floorStartMs(bench: Bench): Promise<number> {
  const startedMs = performance.now();
  const floor = await startFloor(bareClientOf(bench.node), 1);
  const tookMs = performance.now() - startedMs;
  await floor.stop();
  return tookMs;
}
