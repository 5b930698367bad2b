import { PlanFailed, runPlan } from "./creation-plan.ts";
import { creationSteps } from "./creation-steps.ts";
import { functionDefaults } from "./creation-request.ts";
import { isUncertain } from "./is-uncertain.ts";
import { randomLetters, roleNameFor } from "./random-name.ts";
import { runtimeChoices } from "./runtime-choices.ts";
import { sampleFor } from "./sample-code.ts";

/** A function that was made to show how functions run. */
export interface Sample {
  readonly functionName: string;
  /** JSON text to invoke it with. */
  readonly event: string;
}

/**
 * Makes a small function, and a role for it, in a language that this machine runs. Nothing is left behind if it fails.
 * @throws the failed request's error; PlanFailed if something was made that could not be taken back
 */
export async function createSample(): Promise<Sample> {
  const { runtime, handler, files, event } = sampleFor(await runtimeChoices());
  const functionName = `sample-${randomLetters(6)}`;
  const steps = creationSteps({
    functionName,
    runtime,
    handler,
    architecture: "x86_64",
    description: "A sample: says hello and how it was run.",
    ...functionDefaults,
    variables: {},
    tags: {},
    files,
    role: { kind: "new", name: roleNameFor(functionName, randomLetters(8)), policies: [] },
  });
  try {
    await runPlan(steps, { isUncertain });
  } catch (error) {
    // Why it failed is worth more than that it did, unless something remains that somebody has to remove.
    throw error instanceof PlanFailed && error.left.length === 0 ? error.failed.error : error;
  }
  return { functionName, event };
}
