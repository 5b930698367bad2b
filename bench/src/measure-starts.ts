import { startFloor } from "./floor-process.ts";
import { bareClientOf, type Bench } from "./bench.ts";
import { median } from "./percentile.ts";
import type { Row } from "./report.ts";
import type { InterpretedRuntime } from "@mayfly/runtimes";

/** Start to ready: with an empty data folder, and again with the one that it made. A server is left running. */
export async function measureStarts(bench: Bench, node: InterpretedRuntime): Promise<readonly Row[]> {
  const mayflyMs: number[] = [];
  const floorMs: number[] = [];
  for (let i = 0; i <= bench.limits.serverStarts; i++) {
    floorMs.push(await floorStartMs(node));
    if (i > 0) await bench.stopServer();
    const startedMs = performance.now();
    await bench.startServer();
    mayflyMs.push(performance.now() - startedMs);
  }
  const [firstMs = NaN, ...laterMs] = mayflyMs;
  const floor = median(floorMs);
  return [
    { measure: "start to ready, first", figure: "time", unit: "ms", mayfly: firstMs, floor },
    { measure: "start to ready, again", figure: "p50", unit: "ms", mayfly: median(laterMs), floor },
  ];
}

async function floorStartMs(node: InterpretedRuntime): Promise<number> {
  const startedMs = performance.now();
  const floor = await startFloor(bareClientOf(node));
  const tookMs = performance.now() - startedMs;
  await floor.stop();
  return tookMs;
}
