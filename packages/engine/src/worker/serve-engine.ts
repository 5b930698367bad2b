import type { Duplex } from "node:stream";
import type { EngineHooks, EngineWorker } from "../types.ts";
import { openChannel } from "./frames.ts";
import type { FrontCalls, ToFront, ToWorker, WorkerCalls } from "./messages.ts";
import { createOpenStreams } from "./open-streams.ts";
import { createPendingRequests, sentError } from "./requests.ts";

/** The hooks that lead to a front over the connection. */
type RemoteHooks = Pick<EngineHooks, "credentials" | "log">;

type Handlers<Calls> = {
  [Name in keyof Calls]: Calls[Name] extends { arguments: infer Given extends unknown[]; answer: infer Answer }
    ? (...given: Given) => Promise<Answer>
    : never;
};

function workerCalls(engine: EngineWorker): Handlers<WorkerCalls> {
  const streams = createOpenStreams(engine);
  return {
    invoke: (target, invocation) => engine.invoke(target, invocation),
    openStream: (target, invocation) => streams.open(target, invocation),
    readStream: (streamId) => streams.read(streamId),
    leaveStream: (streamId) => streams.leave(streamId),
    resultOfStream: (streamId) => streams.result(streamId),
    provisioned: (targetId) => engine.provisioned(targetId),
    status: () => engine.status(),
    usage: (environmentId) => engine.usage(environmentId),
    close: (graceMs) => engine.close(graceMs),
  };
}

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
  const calls = engine.then(workerCalls);
  const run = async (message: Extract<ToWorker, { kind: "request" }>): Promise<unknown> => {
    const call = (await calls)[message.name] as (...given: readonly unknown[]) => Promise<unknown>;
    return call(...message.arguments);
  };
  channel.onMessage = (message) => {
    if (message.kind === "answer") return pending.answer(message.id, message.value);
    if (message.kind === "failure") return pending.fail(message.id, message.error);
    if (message.kind === "retire") return void engine.then((made) => made.retire(message.targetId));
    if (message.kind === "provision") return void engine.then((made) => made.provision(message.target, message.count));
    const { id } = message;
    run(message).then(
      (value) => channel.send({ kind: "answer", id, value }),
      (error: unknown) => channel.send({ kind: "failure", id, error: sentError(error) }),
    );
  };
  await channel.closed;
  const gone = new Error("The front is gone.");
  pending.failAll({ asked: gone, later: gone });
  await (await engine).close(0);
}
