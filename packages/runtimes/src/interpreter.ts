import { execFile } from "node:child_process";
import { realpath } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { promisify } from "node:util";

/** Something on the machine that may be an interpreter; its version is known from where it lies, or not yet. */
export interface InterpreterCandidate {
  readonly language: "nodejs" | "python";
  readonly path: string;
  /** `24` or `3.12`; undefined if only asking it tells. */
  readonly version: string | undefined;
}

/** An interpreter that has answered. */
export interface Interpreter {
  readonly language: "nodejs" | "python";
  /** The real file, never a link or a shim. */
  readonly path: string;
  /** `24` or `3.12`. */
  readonly version: string;
  /** `24.18.0` or `3.12.1`. */
  readonly fullVersion: string;
  /** The folder that holds all of it. */
  readonly prefix: string;
}

const run = promisify(execFile);
const probeTimeoutMs = 10_000;

const probes = {
  nodejs: ["-p", "JSON.stringify([process.execPath, process.versions.node, ''])"],
  python: ["-I", "-S", "-c", "import sys,json; print(json.dumps([sys.executable, '%d.%d.%d' % sys.version_info[:3], sys.base_prefix]))"],
} as const;

/** Asks a candidate who it is. Undefined if it doesn't answer as an interpreter does. */
export async function probeInterpreter({ language, path }: InterpreterCandidate): Promise<Interpreter | undefined> {
  try {
    const own = language === "nodejs" && path === process.execPath;
    const text = own
      ? JSON.stringify([path, process.versions.node, ""])
      : (await run(path, [...probes[language]], { timeout: probeTimeoutMs, env: {} })).stdout;
    const [executable, fullVersion, prefix] = JSON.parse(text) as [string, string, string];
    const real = await realpath(executable);
    const parts = fullVersion.split(".");
    const version = language === "nodejs" ? String(parts[0]) : parts.slice(0, 2).join(".");
    return { language, path: real, version, fullVersion, prefix: language === "nodejs" ? resolve(dirname(real), "..") : prefix };
  } catch {
    return undefined;
  }
}
