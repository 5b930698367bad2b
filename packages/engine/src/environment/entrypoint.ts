import type { ResolvedRuntime } from "@mayfly/runtimes";
import type { FunctionTarget } from "../types.ts";
import { whyNotRunnable } from "./executable.ts";
import { hostPathOf } from "./host-path.ts";

/** A runtime with the command that starts this very function, or why nothing can be started, in AWS's words. */
export type Entrypoint = { readonly runtime: ResolvedRuntime } | { readonly problem: string };

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

/** Finds what starts a function. A custom runtime's program is looked at here, since a sandbox could say no more than that it ended. */
export async function findEntrypoint(runtime: ResolvedRuntime, target: FunctionTarget): Promise<Entrypoint> {
  if (runtime.language !== "provided") return { runtime: target.environment["AWS_LAMBDA_EXEC_WRAPPER"] ? withWrapper(runtime) : runtime };
  for (const path of bootstraps) {
    const file = await hostPathOf(path, target);
    if (file === undefined) continue;
    const reason = await whyNotRunnable(file, target);
    return reason === undefined ? { runtime: { ...runtime, command: () => [path] } } : { problem: `fork/exec ${path}: ${reason}` };
  }
  return { problem: `Couldn't find valid bootstrap(s): [${bootstraps.join(" ")}]` };
}
