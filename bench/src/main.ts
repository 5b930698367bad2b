// The benchmark: one table of Mayfly beside its goals, its floor and its rivals. See bench/README.md.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createBench, type Bench } from "./bench.ts";
import { fullLimits, quickLimits } from "./limits.ts";
import { chooseParts, parts } from "./parts.ts";
import { profiledServer, profileWarm } from "./profile/profile-warm.ts";
import { describeMachine, formatRivals, formatRows, judge, type Measurements, type Report } from "./report.ts";

interface Options {
  readonly json?: string;
  readonly quick?: boolean;
  readonly only?: string;
  readonly profile?: string;
  readonly profiles?: string;
}

async function measure(bench: Bench, names: readonly string[]): Promise<Measurements> {
  const measured: Measurements[] = [];
  for (const name of names) {
    await bench.needServer();
    const one = parts[name];
    if (one !== undefined) measured.push(await one(bench));
  }
  return { rows: measured.flatMap(({ rows }) => rows), rivals: measured.flatMap(({ rivals }) => rivals ?? []) };
}

function print({ rows, rivals, notes }: Report): void {
  if (rows.length > 0) console.log(formatRows(rows));
  const judged = rows.filter(({ verdict }) => verdict !== undefined);
  if (judged.length > 0) console.log(`\n${judged.filter(({ verdict }) => verdict === "met").length} of ${judged.length} goals met.`);
  if (rivals.length > 0) console.log(`\n${formatRivals(rivals)}`);
  if (notes.length > 0) console.log(`\nNot measured:\n${notes.map((note) => `  ${note}`).join("\n")}`);
}

async function runParts(bench: Bench, options: Options, names: readonly string[]): Promise<void> {
  const startedAt = new Date().toISOString();
  const { rows, rivals = [] } = await measure(bench, names);
  const used = [bench.node, ...(bench.python === undefined ? [] : [bench.python])];
  const report: Report = {
    startedAt,
    quick: options.quick === true,
    machine: describeMachine(),
    runtimes: Object.fromEntries(used.map(({ runtime, version, interpreter }) => [runtime, `${version} at ${interpreter}`])),
    notes: bench.notes,
    rows: rows.map((row) => ({ ...row, ...judge(row) })),
    rivals,
  };
  print(report);
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(report, undefined, 2)}\n`);
}

async function runProfile(bench: Bench, { profile, profiles }: Options): Promise<void> {
  if (profile !== "warm") throw new Error(`There is no profile of ${profile}; there is one of warm.`);
  const folder = profiles ?? join(bench.folder, "profiles");
  mkdirSync(folder, { recursive: true });
  await bench.startServer(profiledServer(folder));
  for (const runtime of [bench.node, bench.python])
    if (runtime !== undefined) console.log(`${await profileWarm(bench, runtime, folder)}\n`);
}

/** Does it within the time that it may take, and undoes whatever it did, also when it is stopped. */
async function run(options: Options): Promise<void> {
  const names = chooseParts(options.only);
  const bench = await createBench(options.quick ? quickLimits : fullLimits);
  const stop = Promise.withResolvers<never>();
  const timer = setTimeout(() => stop.reject(new Error(`The bench was not done after ${bench.limits.totalMs} ms.`)), bench.limits.totalMs);
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => stop.reject(new Error(`Stopped by ${signal}.`)));
  try {
    await Promise.race([options.profile === undefined ? runParts(bench, options, names) : runProfile(bench, options), stop.promise]);
  } finally {
    clearTimeout(timer);
    await bench.close();
  }
}

try {
  await run(
    parseArgs({
      options: {
        json: { type: "string" },
        quick: { type: "boolean" },
        only: { type: "string" },
        profile: { type: "string" },
        profiles: { type: "string" },
      },
    }).values,
  );
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
// Whatever a stopped run is still waiting for goes with it.
process.exit();
