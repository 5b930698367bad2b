import { problemOf } from "../../api/problem.ts";

/** How often, and how far apart, something is taken back while no answer comes. */
const undoAttempts = 8;
const undoRetryMs = 500;

/** Deletes something: what is not there is gone already; a server that is just starting again is asked again. */
export async function takeBack(remove: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await remove();
      return;
    } catch (error) {
      const { kind } = problemOf(error);
      if (kind === "not-found") return;
      if (kind !== "unreachable" || attempt === undoAttempts) throw error;
      await pause(undoRetryMs);
    }
  }
}

/** Waits. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
