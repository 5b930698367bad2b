import type { ResolvedRuntime } from "@mayfly/runtimes";
import type { FunctionTarget } from "../types.ts";
import type { ExtensionFacts } from "../runtime-api/extensions.ts";
import { whyNotRunnable } from "./executable.ts";
import { findExtensions, whyNotLaunched } from "./extension-programs.ts";
import { hostPathOf } from "./host-path.ts";

/** A runtime with the command that starts this very function, and the external extensions that are started before it. */
interface Start {
  readonly runtime: ResolvedRuntime;
  readonly extensions: readonly string[];
}

/** Why nothing can be started, in AWS's words. */
export interface StartProblem {
  readonly runtime: ResolvedRuntime;
  readonly errorType: "Runtime.InvalidEntrypoint" | "Extension.LaunchError";
  readonly problem: string;
  readonly extensions: readonly ExtensionFacts[];
}

export type Entrypoint = Start | StartProblem;

const bootstraps = ["/var/task/bootstrap", "/opt/bootstrap"];

// What AWS's own bootstraps do with the variable, word for word to the reader of the log.
const wrapped = `
if [ ! -f "$AWS_LAMBDA_EXEC_WRAPPER" ]; then echo "$AWS_LAMBDA_EXEC_WRAPPER: does not exist"; exit 127; fi
if [ ! -x "$AWS_LAMBDA_EXEC_WRAPPER" ]; then echo "$AWS_LAMBDA_EXEC_WRAPPER: is not an executable"; exit 126; fi
exec "$AWS_LAMBDA_EXEC_WRAPPER" "$@"`;

/** A managed runtime's start command becomes the arguments of the function's wrapper. https://docs.aws.amazon.com/lambda/latest/dg/runtimes-modify.html */
const withWrapper = (runtime: ResolvedRuntime): ResolvedRuntime => ({
  ...runtime,
  command: (memorySizeMb) => ["/bin/sh", "-c", wrapped, "bootstrap", ...runtime.command(memorySizeMb)],
});

/** Finds what starts a function. Its extensions' and a custom runtime's programs are looked at here, since a sandbox could say no more than that they ended. */
export async function findEntrypoint(runtime: ResolvedRuntime, target: FunctionTarget): Promise<Entrypoint> {
  const extensions = await findExtensions(target);
  const notLaunched = await whyNotLaunched(extensions, target);
  if (notLaunched !== undefined) {
    const { extension, errorType, problem } = notLaunched;
    const facts: ExtensionFacts = { name: extension, state: "LaunchError", events: [], errorType };
    return { runtime, errorType: "Extension.LaunchError", problem, extensions: [facts] };
  }
  const found = await findCommand(runtime, target);
  if (typeof found !== "string") return { runtime: found, extensions };
  return { runtime, errorType: "Runtime.InvalidEntrypoint", problem: found, extensions: [] };
}

/** @returns the runtime, or what is wrong with the function's own */
async function findCommand(runtime: ResolvedRuntime, target: FunctionTarget): Promise<ResolvedRuntime | string> {
  if (runtime.language !== "provided") return target.environment["AWS_LAMBDA_EXEC_WRAPPER"] ? withWrapper(runtime) : runtime;
  for (const path of bootstraps) {
    const file = await hostPathOf(path, target);
    if (file === undefined) continue;
    const reason = await whyNotRunnable(file, target);
    return reason === undefined ? { ...runtime, command: () => [path] } : `fork/exec ${path}: ${reason}`;
  }
  return `Couldn't find valid bootstrap(s): [${bootstraps.join(" ")}]`;
}
