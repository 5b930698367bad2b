import type { InterpretedRuntime } from "@mayfly/runtimes";
import type { Bench } from "./bench.ts";
import { createFunction, createUrl, invokePath } from "./functions.ts";
import { goals } from "./goals.ts";
import type { LoadPlan, LoadResult } from "./load-plan.ts";
import { median } from "./percentile.ts";
import type { Measurements, Row } from "./report.ts";

/** Warm requests to functions' URLs, with Invoke of the same functions in turn: it stands where the floor stands elsewhere. */
export async function measureUrls(bench: Bench): Promise<Measurements> {
  const rows: Row[] = [];
  for (const runtime of [bench.node, bench.python]) if (runtime !== undefined) rows.push(...(await measureRuntime(bench, runtime)));
  return { rows };
}

type Asked = Pick<LoadPlan, "path" | "host" | "signAs" | "url">;

async function measureRuntime(bench: Bench, { runtime }: InterpretedRuntime): Promise<readonly Row[]> {
  const client = bench.lambda();
  const target = bench.target(bench.server().url);
  const open = await createFunction(client, "url-open", runtime, "body");
  const closed = await createFunction(client, "url-closed", runtime, "body");
  const ways: Readonly<Record<string, Asked>> = {
    Invoke: { ...target, path: invokePath(open) },
    NONE: { url: target.url, path: "/", host: await createUrl(client, open, "NONE") },
    AWS_IAM: { ...target, path: "/", host: await createUrl(client, closed, "AWS_IAM") },
  };
  const rows: Row[] = [];
  for (const callers of bench.limits.callers) {
    bench.say(`function URLs of ${runtime}, ${callers} at once`);
    const results = await inTurn(bench, ways, callers);
    for (const way of ["NONE", "AWS_IAM"])
      rows.push(...rowsOf(`function URL (${way}) beside Invoke, ${runtime}`, callers, results[way], results["Invoke"]));
  }
  return rows;
}

/** Every way several times, in turn: what this machine is like from one second to the next falls on all. */
async function inTurn(
  bench: Bench,
  ways: Readonly<Record<string, Asked>>,
  callers: number,
): Promise<Record<string, readonly LoadResult[]>> {
  const { warmUpMs, runMs, runCount, urlRounds } = bench.limits;
  const results: Record<string, LoadResult[]> = {};
  for (let round = 0; round < urlRounds; round++) {
    for (const [way, asked] of Object.entries(ways)) {
      const result = await bench.load.run({
        ...asked,
        callers,
        warmUpMs: round === 0 ? warmUpMs : warmUpMs / 4,
        runMs: runMs / 2,
        runCount,
      });
      (results[way] ??= []).push(result);
    }
  }
  return results;
}

function rowsOf(what: string, callers: number, own: readonly LoadResult[] = [], invoke: readonly LoadResult[] = []): readonly Row[] {
  const measure = `${what}, ${callers} ${callers === 1 ? "caller" : "callers"}`;
  const of = (results: readonly LoadResult[], member: "p50Ms" | "requestsPerSecond"): number => median(results.map((one) => one[member]));
  return [
    {
      measure,
      figure: "p50",
      unit: "ms",
      mayfly: of(own, "p50Ms"),
      floor: of(invoke, "p50Ms"),
      ...(callers === 1 && { goal: goals.urlP50 }),
    },
    { measure, figure: "rate", unit: "requests/s", mayfly: of(own, "requestsPerSecond"), floor: of(invoke, "requestsPerSecond") },
  ];
}
