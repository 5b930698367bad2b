/** What an environment is doing. */
export type EnvironmentState = "starting" | "init" | "idle" | "invoking" | "stopping" | "ended";

/** What may follow what. */
const following: Readonly<Record<EnvironmentState, readonly EnvironmentState[]>> = {
  starting: ["init", "stopping"],
  init: ["invoking", "stopping"],
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
