import type { RuntimeAnswer } from "./http-head.ts";

/** Not AWS's: where a bootstrap that was started ahead of its function waits for it. */
export const assignmentPath = "/mayfly/assignment";

/** How a process that was started without code learns whose it is. */
export interface Assignment {
  /** Resolves when it asks. */
  readonly asked: Promise<void>;
  /** Answers it, now or once `assign` is called; only once, for variables hold secrets. */
  give(reply: (answer: RuntimeAnswer) => void): void;
  /** Its function's variables. Called once. */
  assign(variables: Readonly<Record<string, string>>): void;
}

/** @param waits false for a process that has its code: there is nothing to be given */
export function createAssignment(waits: boolean, notFound: RuntimeAnswer): Assignment {
  const asked = Promise.withResolvers<void>();
  const variables = Promise.withResolvers<string>();
  let isGiven = !waits;
  return {
    asked: asked.promise,
    give(reply) {
      asked.resolve();
      if (isGiven) return reply(notFound);
      isGiven = true;
      void variables.promise.then((body) => reply({ status: 200, body }));
    },
    assign: (values) => variables.resolve(JSON.stringify(values)),
  };
}
