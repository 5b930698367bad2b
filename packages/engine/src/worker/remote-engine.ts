import type { Duplex } from "node:stream";
import { EngineError } from "../engine-error.ts";
import type { EngineHooks, EngineWorker } from "../types.ts";
import { openChannel } from "./frames.ts";
import type { FrontCalls, ToFront, ToWorker, WorkerCalls } from "./messages.ts";
import { createPendingRequests, sentError } from "./requests.ts";

/** The front's side of a connection: an engine that runs elsewhere. Once the worker is gone its calls fail as those of a closed engine do. */
export function connectEngine(stream: Duplex, hooks: Pick<EngineHooks, "credentials" | "log">): EngineWorker {
  const channel = openChannel<ToWorker, ToFront>(stream);
  const pending = createPendingRequests();
  void channel.closed.then(() => {
    const reason = "The worker is gone.";
    pending.failAll({ asked: new EngineError("interrupted", reason), later: new EngineError("closed", reason) });
  });

  const hookCalls: { [Name in keyof FrontCalls]: (...given: FrontCalls[Name]["arguments"]) => Promise<FrontCalls[Name]["answer"]> } = {
    credentials: (target) => hooks.credentials(target),
    log: async (target, logStreamName, lines) => hooks.log(target, logStreamName, lines),
  };
  channel.onMessage = (message) => {
    if (message.kind === "answer") return pending.answer(message.id, message.value);
    if (message.kind === "failure") return pending.fail(message.id, message.error);
    const { id } = message;
    const call = hookCalls[message.name] as (...given: readonly unknown[]) => Promise<unknown>;
    call(...message.arguments).then(
      (value) => channel.send({ kind: "answer", id, value }),
      (error: unknown) => channel.send({ kind: "failure", id, error: sentError(error) }),
    );
  };

  const ask = <Name extends keyof WorkerCalls>(
    name: Name,
    ...given: WorkerCalls[Name]["arguments"]
  ): Promise<WorkerCalls[Name]["answer"]> => pending.ask((id) => channel.send({ kind: "request", id, name, arguments: given } as ToWorker));
  return {
    invoke: (target, invocation) => ask("invoke", target, invocation),
    async invokeStreaming(target, invocation) {
      const { streamId, contentType } = await ask("openStream", target, invocation);
      const result = ask("resultOfStream", streamId);
      // Whoever reads the body alone hears of it there.
      result.catch(() => {});
      return {
        contentType,
        result,
        body: piecesOf(
          () => ask("readStream", streamId),
          () => ask("leaveStream", streamId),
        ),
      };
    },
    provision: (target, count) => channel.send({ kind: "provision", target, count }),
    provisioned: (targetId) => ask("provisioned", targetId),
    status: () => ask("status"),
    usage: (environmentId) => ask("usage", environmentId),
    retire: (targetId) => channel.send({ kind: "retire", targetId }),
    async close(graceMs) {
      await ask("close", graceMs);
      channel.end();
      await channel.closed;
    },
  };
}

async function* piecesOf(read: () => Promise<Buffer | undefined>, leave: () => Promise<void>): AsyncGenerator<Buffer> {
  let isOver = false;
  try {
    for (let piece = await read(); piece !== undefined; piece = await read()) yield piece;
    isOver = true;
  } finally {
    if (!isOver) await leave().catch(() => {});
  }
}
