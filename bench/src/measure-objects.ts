import { copyFileSync, fsyncSync, closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { getObjects, makeBenchBucket, putObjects } from "./object-load.ts";
import { percentile } from "./percentile.ts";
import type { Measurements, Row } from "./report.ts";
import { measureServiceRivals, ratesBesideRivals, type ServiceFigures } from "./rivals/service-rivals.ts";
import type { ServiceTarget } from "./service-client.ts";

const clientCounts = [1, 32] as const;
const smallBytes = 4_096;
const largeBytes = 64 * 1024 * 1024;
const megabyte = 1_000_000;

/** Objects written and read by clients that do one thing after another. Mayfly has each on disk before it answers. */
export async function measureObjects(bench: Bench): Promise<Measurements> {
  bench.say("objects of buckets");
  await bench.needServer();
  const { credentials, url } = bench.server();
  const target = { url, signAs: { ...credentials, region: "us-east-1" } };
  const small = await measureSmall(bench, target);
  const large = await measureLarge(bench, target);
  const all = new Map([
    ["Mayfly", small],
    ...(await measureServiceRivals(bench, "objects of buckets", (rival) => measureSmall(bench, rival))),
  ]);
  const rows: Row[] = [...small].flatMap(([measure, { perSecond, p50Ms }]) => [
    { measure, figure: "rate", unit: "objects/s", mayfly: perSecond },
    { measure, figure: "p50", unit: "ms", mayfly: p50Ms },
  ]);
  return { rows: [...rows, ...large], rivals: ratesBesideRivals(all, "objects/s") };
}

async function measureSmall({ limits }: Bench, target: ServiceTarget): Promise<ServiceFigures> {
  const figures = new Map<string, { perSecond: number; p50Ms: number }>();
  const bucket = "bench-small";
  await makeBenchBucket(target, bucket);
  for (const clients of clientCounts) {
    const by = clients === 1 ? "1 client" : `${clients} clients`;
    const load = { clients, forMs: limits.runMs };
    await putObjects(target, bucket, smallBytes - 1, { clients, forMs: limits.warmUpMs / 4 });
    const { paths, ...put } = await putObjects(target, bucket, smallBytes, load);
    figures.set(`PutObject of 4 KiB, ${by}`, put);
    figures.set(`GetObject of 4 KiB, ${by}`, await getObjects(target, paths, smallBytes, load));
  }
  return figures;
}

/** One at a time, beside a copy of a file of that size that is on disk at its end. Medians. */
async function measureLarge(bench: Bench, target: ServiceTarget): Promise<readonly Row[]> {
  const bucket = "bench-large";
  await makeBenchBucket(target, bucket);
  const load = { clients: 1, forMs: bench.limits.runMs };
  const { paths, p50Ms: putMs } = await putObjects(target, bucket, largeBytes, load);
  const { p50Ms: getMs } = await getObjects(target, paths, largeBytes, load);
  const copyMs = measureCopy(bench);
  const rate = (ms: number): number => (largeBytes / megabyte / ms) * 1_000;
  const row = (measure: string, ms: number): Row => ({ measure, figure: "p50", unit: "MB/s", mayfly: rate(ms), floor: rate(copyMs) });
  return [row("PutObject of 64 MiB, 1 client", putMs), row("GetObject of 64 MiB, 1 client", getMs)];
}

function measureCopy(bench: Bench): number {
  const folder = mkdtempSync(join(bench.folder, "copy-"));
  const from = join(folder, "from");
  const to = join(folder, "to");
  writeFileSync(from, Buffer.alloc(largeBytes, "x"));
  const times = Array.from({ length: 5 }, () => {
    const beganMs = performance.now();
    copyFileSync(from, to);
    const file = openSync(to, "r+");
    fsyncSync(file);
    closeSync(file);
    const tookMs = performance.now() - beganMs;
    rmSync(to);
    return tookMs;
  });
  rmSync(folder, { recursive: true });
  return percentile(
    times.toSorted((a, b) => a - b),
    50,
  );
}
