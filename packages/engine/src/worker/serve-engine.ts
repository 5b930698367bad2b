import type { Duplex } from "node:stream";
import type { EngineHooks, EngineWorker } from "../types.ts";
import { openChannel } from "./frames.ts";
import type { FrontCalls, ToFront, ToWorker, WorkerCalls } from "./messages.ts";
import { createPendingRequests, sentError } from "./requests.ts";

/** The hooks that lead to a front over the connection. */
type RemoteHooks = Pick<EngineHooks, "credentials" | "log">;

/**
 * The worker's side of a connection: makes an engine whose hooks ask the front, and does what the front says.
 * @returns resolves when the front is gone and the engine closed
 */
export async function serveEngine(stream: Duplex, makeEngine: (hooks: RemoteHooks) => Promise<EngineWorker>): Promise<void> {
  const channel = openChannel<ToFront, ToWorker>(stream);
  const pending = createPendingRequests();
  const ask = <Name extends keyof FrontCalls>(name: Name, ...given: FrontCalls[Name]["arguments"]): Promise<FrontCalls[Name]["answer"]> =>
    pending.ask((id) => channel.send({ kind: "request", id, name, arguments: given } as ToFront));

  // What comes before the engine is there waits for it, in order.
  const engine = makeEngine({
    credentials: (target) => ask("credentials", target),
    log: (target, logStreamName, lines) => ask("log", target, logStreamName, lines).catch(() => {}),
  });
  const run = async (message: Extract<ToWorker, { kind: "request" }>): Promise<unknown> => {
    const call = (await engine)[message.name] as (...given: readonly unknown[]) => Promise<WorkerCalls[typeof message.name]["answer"]>;
    return call(...message.arguments);
  };
  channel.onMessage = (message) => {
    if (message.kind === "answer") return pending.answer(message.id, message.value);
    if (message.kind === "failure") return pending.fail(message.id, message.error);
    if (message.kind === "retire") return void engine.then((made) => made.retire(message.targetId));
    const { id } = message;
    run(message).then(
      (value) => channel.send({ kind: "answer", id, value }),
      (error: unknown) => channel.send({ kind: "failure", id, error: sentError(error) }),
    );
  };
  await channel.closed;
  pending.failAll(new Error("The front is gone."));
  await (await engine).close(0);
}
