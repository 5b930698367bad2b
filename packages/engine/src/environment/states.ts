/** What an environment is doing. */
export type EnvironmentState = "starting" | "init" | "idle" | "invoking" | "stopping" | "ended";

/** What may follow what. An environment whose INIT failed is idle, too: it runs INIT again within its next event. */
const following: Readonly<Record<EnvironmentState, readonly EnvironmentState[]>> = {
  starting: ["init", "stopping"],
  init: ["idle", "stopping"],
  idle: ["invoking", "stopping"],
  invoking: ["idle", "stopping"],
  stopping: ["ended"],
  ended: [],
};

/** The state after a change. @throws Error if the table has no such change: a fault of the engine itself */
export function changeState(from: EnvironmentState, to: EnvironmentState): EnvironmentState {
  if (!following[from].includes(to)) throw new Error(`An environment can't go from ${from} to ${to}.`);
  return to;
}
