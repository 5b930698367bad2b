import type { Bench } from "./bench.ts";
import { createFunction, createUrl, streamPath } from "./functions.ts";
import { goals } from "./goals.ts";
import { streamBytes } from "./limits.ts";
import type { LoadPlan, LoadResult } from "./load-plan.ts";
import type { Measurements, Row } from "./report.ts";

/**
 * Streamed responses: until the first byte is here of a function that ends later, and how fast 6 MB are that are written in pieces. The floor is an HTTP server
 * that writes the same.
 */
export async function measureStreaming(bench: Bench): Promise<Measurements> {
  bench.say("streamed responses");
  const floor = await measureBoth(bench, { url: (await bench.floorOf(bench.node)).url, pathOf: (bytes) => `/stream/${bytes}` });
  const client = bench.lambda();
  const { runtime } = bench.node;
  const first = await createFunction(client, "streaming", runtime, "first");
  const large = await createFunction(client, "streaming", runtime, "stream", { variables: { STREAM_BYTES: String(streamBytes) } });
  const { url } = bench.server();
  const own = await measureBoth(bench, { url, pathOf: (bytes) => streamPath(bytes === 1 ? first : large) });
  const hosts = new Map([
    [1, await createUrl(client, first, "NONE", "RESPONSE_STREAM")],
    [streamBytes, await createUrl(client, large, "NONE", "RESPONSE_STREAM")],
  ]);
  const byUrl = await measureBoth(bench, { url, pathOf: () => "/", hostOf: (bytes) => hosts.get(bytes) });
  return { rows: [...rowsOf("InvokeWithResponseStream", own, floor), ...rowsOf("function URL (RESPONSE_STREAM)", byUrl, floor)] };
}

interface Streamer {
  readonly url: string;
  readonly pathOf: (bytes: number) => string;
  /** Of a function's URL, which nobody signs for. */
  readonly hostOf?: (bytes: number) => string | undefined;
}

interface Figures {
  readonly firstByteMs: number;
  readonly megabytesPerSecond: number;
}

async function measureBoth(bench: Bench, { url, pathOf, hostOf }: Streamer): Promise<Figures> {
  const { warmUpMs, payloads } = bench.limits;
  const run = (bytes: number, runMs: number): Promise<LoadResult> => {
    const host = hostOf?.(bytes);
    const target: Pick<LoadPlan, "url" | "host" | "signAs"> = host === undefined ? bench.target(url) : { url, host };
    return bench.load.run({ ...target, path: pathOf(bytes), callers: 1, warmUpMs, runMs, runCount: payloads * 4, answerBytes: bytes });
  };
  const { firstByteP50Ms: firstByteMs } = await run(1, 10_000);
  const { p50Ms } = await run(streamBytes, 20_000);
  return { firstByteMs, megabytesPerSecond: streamBytes / 1_000 / p50Ms };
}

function rowsOf(measure: string, own: Figures, floor: Figures): readonly Row[] {
  return [
    {
      measure: `${measure}, first byte`,
      figure: "p50",
      unit: "ms",
      mayfly: own.firstByteMs,
      floor: floor.firstByteMs,
      goal: goals.streamFirstByte,
    },
    {
      measure: `${measure}, 6 MB`,
      figure: "rate p50",
      unit: "MB/s",
      mayfly: own.megabytesPerSecond,
      floor: floor.megabytesPerSecond,
      goal: goals.streamRate,
    },
  ];
}
