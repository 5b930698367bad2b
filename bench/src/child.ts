import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

/** A process that the benchmark started. */
export interface Child {
  readonly pid: number;
  /** All that it has printed so far. */
  output(): string;
  /** SIGTERM, after 5 s SIGKILL; resolves at its end. */
  stop(): Promise<void>;
}

/** Starts a process and waits until its output holds what `ready` finds. @throws Error with its output if it ends or takes longer than `limitMs` */
export async function startChild(file: string, args: readonly string[], ready: RegExp, limitMs: number): Promise<{ child: Child; found: RegExpExecArray }> {
  const started = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const ended = new Promise<void>((resolve) => started.once("exit", () => resolve()));
  const child: Child = {
    pid: started.pid ?? -1,
    output: () => output,
    stop: () => stop(started, ended),
  };
  const found = await new Promise<RegExpExecArray>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`Not ready after ${limitMs} ms:\n${output}`)), limitMs);
    const onOutput = (chunk: Buffer): void => {
      output += chunk.toString();
      const match = ready.exec(output);
      if (match === null) return;
      clearTimeout(timer);
      resolve(match);
    };
    started.stdout.on("data", onOutput);
    started.stderr.on("data", onOutput);
    started.once("error", reject);
    void ended.then(() => {
      clearTimeout(timer);
      reject(new Error(`Ended before it was ready:\n${output}`));
    });
  }).catch(async (error: unknown) => {
    await child.stop();
    throw error;
  });
  return { child, found };
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
  if (child.pid === undefined) return;
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
  await ended;
  clearTimeout(timer);
}

/** Runs a process to its end and answers what it printed. @throws Error if it fails */
export function runChild(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, { stdio: ["ignore", "pipe", "inherit"] });
    const chunks: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.once("error", reject);
    child.once("close", (code) => (code === 0 ? resolve(Buffer.concat(chunks).toString()) : reject(new Error(`${args[0]} ended with ${code}.`))));
  });
}

/** Resident memory of a process and all that it started, shared pages divided among their users (PSS). Megabytes. */
export function residentMb(pid: number): number {
  const parents = new Map(readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map((name) => [Number(name), parentOf(name)]));
  const family = new Set([pid]);
  for (let size = 0; size < family.size; ) {
    size = family.size;
    for (const [child, parent] of parents) if (family.has(parent)) family.add(child);
  }
  return [...family].reduce((sum, member) => sum + pssKb(member), 0) / 1024;
}

const parentOf = (pid: string): number => Number(/^PPid:\s+(\d+)/m.exec(textOf(`/proc/${pid}/status`))?.[1] ?? -1);
const pssKb = (pid: number): number => Number(/^Pss:\s+(\d+)/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1] ?? 0);

/** Processes end while one looks. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
