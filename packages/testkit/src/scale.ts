/** True under `npm run drill`: counts are those of the full exercise instead of the share that every test run does. */
export const isDrill = process.env["MAYFLY_DRILL"] === "1";

/** `full` in a drill, `share` in a test run. */
export const scaled = (share: number, full: number): number => (isDrill ? full : share);

/** The seed of a random exercise: MAYFLY_SEED to repeat one, else a new one. Print it. */
export function seed(): number {
  const given = process.env["MAYFLY_SEED"];
  return given === undefined ? Math.trunc(Math.random() * 2 ** 31) : Number(given);
}
