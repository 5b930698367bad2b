import type { Sandbox, SandboxExit } from "@mayfly/sandbox";
import type { ShutdownReason } from "../runtime-api/extension-answers.ts";
import type { Extensions } from "../runtime-api/extensions.ts";
import { beforeDeadline } from "./deadline.ts";

/** External extensions of a process by name, and when each ends. */
export type ExtensionExits = ReadonlyMap<string, Promise<SandboxExit>>;

/**
 * Ends a process as AWS does: with extensions the runtime has some time to end by itself, then those that want to hear of it have; nobody has any without.
 * Resolves when nothing is left. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html#runtimes-lifecycle-shutdown
 */
export async function shutDown(sandbox: Sandbox, extensions: Extensions, exits: ExtensionExits, reason: ShutdownReason): Promise<void> {
  if (!extensions.isEmpty) {
    const startedAt = performance.now();
    const { runtimeMs, totalMs } = extensions.shutdownMs;
    sandbox.signal("SIGTERM");
    await beforeDeadline(sandbox.commandExited, startedAt + runtimeMs);
    if (exits.size > 0) {
      sandbox.killCommand();
      await beforeDeadline(sandbox.commandExited, startedAt + totalMs);
      const told = extensions.shutDown(reason, Date.now() + startedAt + totalMs - performance.now());
      await beforeDeadline(Promise.all(told.flatMap((name) => exits.get(name) ?? [])), startedAt + totalMs);
    }
  }
  await sandbox.kill();
}
