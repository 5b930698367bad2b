import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { engineLimits } from "../limits.ts";
import type { FunctionTarget } from "../types.ts";
import { whyNotRunnable } from "./executable.ts";
import { hostPathOf } from "./host-path.ts";

/** One that can't be started. */
export interface LaunchProblem {
  readonly extension: string;
  /** As the log tells it. */
  readonly errorType: "PermissionDenied" | "TooManyExtensions" | "UnknownError";
  readonly problem: string;
}

const folder = "/opt/extensions";

/** Where an extension's program is in the sandbox. */
export const extensionPath = (name: string): string => `${folder}/${name}`;

/** Names of a target's external extensions: all that lies directly in the folder and is none itself, as on AWS. */
export async function findExtensions({ optFolder }: FunctionTarget): Promise<readonly string[]> {
  if (optFolder === undefined) return [];
  const entries = await readdir(join(optFolder, "extensions"), { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Why the kernel would refuse to start one, in AWS's words; undefined if it would start them all. */
export async function whyNotLaunched(names: readonly string[], target: FunctionTarget): Promise<LaunchProblem | undefined> {
  for (const [index, name] of names.entries()) {
    if (index === engineLimits.extensions) return { extension: name, errorType: "TooManyExtensions", problem: "ErrTooManyExtensions" };
    const path = extensionPath(name);
    const file = await hostPathOf(path, target);
    const reason = file === undefined ? "no such file or directory" : await whyNotRunnable(file, target);
    if (reason === undefined) continue;
    return {
      extension: name,
      errorType: reason === "permission denied" ? "PermissionDenied" : "UnknownError",
      problem: `fork/exec ${path}: ${reason}`,
    };
  }
  return undefined;
}
