import type { MayflyOperations } from "@mayfly/wire/mayfly";
import type { Wired } from "./call-mayfly.ts";
import { table } from "./table.ts";

type EngineStatus = Wired<MayflyOperations["GetEngineStatus"]["output"]>;
type Environment = EngineStatus["Environments"][number];

/** The engine at one moment. */
export interface Sample {
  readonly status: EngineStatus;
  readonly atMs: number;
}

const barCells = 20;

function bar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * barCells);
  return `[${"#".repeat(filled)}${".".repeat(barCells - filled)}]`;
}

const gigabytes = (megabytes: number): string => `${(megabytes / 1024).toFixed(1)} GB`;
const megabytes = (bytes: number | undefined): string => (bytes === undefined ? "-" : String(Math.round(bytes / 2 ** 20)));
const milliseconds = (micros: number | undefined): string => (micros === undefined ? "-" : (micros / 1000).toFixed(1));

function age(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  return seconds < 120 ? `${seconds} s` : seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

/** Figures of one environment between two samples. */
interface Rates {
  readonly cpuPercent: number | undefined;
  readonly invocationsPerSecond: number | undefined;
}

function ratesOf(environment: Environment, before: Environment | undefined, seconds: number): Rates {
  const cpuBefore = before?.CpuTimeMs;
  return {
    cpuPercent:
      environment.CpuTimeMs === undefined || cpuBefore === undefined ? undefined : (environment.CpuTimeMs - cpuBefore) / seconds / 10,
    invocationsPerSecond: before === undefined ? undefined : (environment.Invocations - before.Invocations) / seconds,
  };
}

const shown = (value: number | undefined): string => (value === undefined ? "-" : value.toFixed(value < 10 ? 1 : 0));

function header({ status }: Sample, url: string): string[] {
  const { Memory, Spares, Waiting, Environments } = status;
  const waiting = Waiting.reduce((sum, { Count }) => sum + Count, 0);
  const busy = Environments.filter(({ State }) => State === "invoking").length;
  const spares = Spares.filter(({ Ready, Booting }) => Ready + Booting > 0).map(
    ({ Runtime, Ready, Booting }) => `${Runtime} ${Ready}${Booting > 0 ? `+${Booting}` : ""}`,
  );
  return [
    `Mayfly at ${url}`,
    `Memory promised  ${bar(Memory.PromisedMb / Memory.PromisableMb)} ${gigabytes(Memory.PromisedMb)} of ${gigabytes(Memory.PromisableMb)}`,
    `Environments     ${Environments.length}, ${busy} busy; ${waiting} ${waiting === 1 ? "event waits" : "events wait"}`,
    `Booted ahead     ${spares.length === 0 ? "none" : spares.join(", ")}`,
  ];
}

function rows({ status, atMs }: Sample, previous: Sample | undefined): string[][] {
  const before = new Map(previous?.status.Environments.map((environment) => [environment.EnvironmentId, environment]));
  const seconds = previous === undefined ? 1 : Math.max(0.001, (atMs - previous.atMs) / 1000);
  return status.Environments.map((environment) => ({
    environment,
    rates: ratesOf(environment, before.get(environment.EnvironmentId), seconds),
  }))
    .toSorted(
      (one, other) =>
        (other.rates.cpuPercent ?? 0) - (one.rates.cpuPercent ?? 0) || other.environment.Invocations - one.environment.Invocations,
    )
    .map(({ environment, rates }) => [
      environment.FunctionName,
      environment.FunctionVersion,
      environment.Runtime,
      environment.State,
      shown(rates.cpuPercent),
      `${megabytes(environment.MemoryUsedBytes)}/${environment.MemorySize}`,
      shown(rates.invocationsPerSecond),
      String(environment.Invocations),
      milliseconds(environment.Phases?.InitMicros),
      age(atMs - environment.CreatedAt * 1000),
      environment.EnvironmentId.slice(0, 8),
    ]);
}

const columns = ["function", "version", "runtime", "state", "cpu %", "MB", "per s", "events", "init ms", "age", "id"];

/** What `mayfly top` shows: at most so many lines of so many characters. */
export function topView(
  sample: Sample,
  previous: Sample | undefined,
  url: string,
  size: { readonly rows: number; readonly columns: number },
): string {
  const waiting = sample.status.Waiting.map(({ FunctionName, FunctionVersion, Count }) => `${FunctionName}:${FunctionVersion} ${Count}`);
  const lines = [...header(sample, url), ...(waiting.length > 0 ? [`Waiting          ${waiting.join(", ")}`] : []), ""];
  const body = rows(sample, previous);
  if (body.length === 0) return [...lines, "No environment runs. Invoke a function, and it shows here."].join("\n");
  const all = [...lines, ...table(columns, body).split("\n")];
  const cut = all.length > size.rows ? [...all.slice(0, size.rows - 1), `... and ${all.length - size.rows + 1} more`] : all;
  return cut.map((line) => line.slice(0, size.columns)).join("\n");
}
