import { runPlan } from "./creation-plan.ts";
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
 * @throws PlanFailed
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
  await runPlan(steps, { isUncertain });
  return { functionName, event };
}
