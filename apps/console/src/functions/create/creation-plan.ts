/** One thing that a plan makes, and how it is taken back. */
export interface PlanStep {
  readonly id: string;
  /** What it does, as it is shown: `Create role HelloWorld-role-1a2b3c4d`. */
  readonly title: string;
  readonly run: () => Promise<void>;
  /** Takes back what `run` made. Is also called if `run` failed without an answer, so it must pass where nothing was made. */
  readonly undo?: () => Promise<void>;
}

/** How far a step is. `left`: it was made, a later step failed, and it could not be taken back. */
export type StepState = "waiting" | "running" | "done" | "failed" | "undoing" | "undone" | "left";

/** A step as it is shown. */
export interface StepReport {
  readonly id: string;
  readonly title: string;
  readonly state: StepState;
  /** Why it failed or was left. */
  readonly error?: unknown;
}

/** A step failed. What the earlier ones had made was taken back, but for the steps whose state is `left`. */
export class PlanFailed extends Error {
  override readonly name = "PlanFailed";
  readonly reports: readonly StepReport[];
  readonly failed: StepReport;

  constructor(failed: StepReport, reports: readonly StepReport[]) {
    const left = reports.filter(({ state }) => state === "left").map(({ title }) => title);
    const why = failed.error instanceof Error ? failed.error.message : "failed";
    super([`${failed.title}: ${why}`, ...(left.length > 0 ? [`Not taken back: ${left.join(", ")}`] : [])].join(". "), {
      cause: failed.error,
    });
    this.failed = failed;
    this.reports = reports;
  }

  /** Steps whose work remains, against the plan's intent. */
  get left(): readonly StepReport[] {
    return this.reports.filter(({ state }) => state === "left");
  }
}

interface PlanOptions {
  /** Told of each change of a step. */
  readonly onChange?: (reports: readonly StepReport[]) => void;
  /** Whether a failure leaves open if the step was done, as when no answer came. */
  readonly isUncertain?: (error: unknown) => boolean;
}

/**
 * Runs steps in order. If one fails, the ones before it are undone in reverse order; one that can't be undone does not keep the others from it.
 * @throws PlanFailed
 */
export async function runPlan(steps: readonly PlanStep[], { onChange, isUncertain }: PlanOptions = {}): Promise<void> {
  let reports: readonly StepReport[] = steps.map(({ id, title }) => ({ id, title, state: "waiting" }));
  const report = (index: number, facts: Partial<StepReport>): void => {
    reports = reports.map((one, at) => (at === index ? { ...one, ...facts } : one));
    onChange?.(reports);
  };
  for (const [index, step] of steps.entries()) {
    report(index, { state: "running" });
    try {
      await step.run();
      report(index, { state: "done" });
    } catch (error) {
      report(index, { state: "failed", error });
      if (isUncertain?.(error)) await undoOne(step, (facts) => facts.state === "left" && report(index, facts));
      for (let earlier = index - 1; earlier >= 0; earlier--) {
        const before = steps[earlier];
        if (before) await undoOne(before, (facts) => report(earlier, facts));
      }
      throw new PlanFailed({ id: step.id, title: step.title, state: "failed", error }, reports);
    }
  }
}

async function undoOne({ undo }: PlanStep, report: (facts: Partial<StepReport>) => void): Promise<void> {
  if (undo === undefined) return;
  report({ state: "undoing" });
  try {
    await undo();
    report({ state: "undone" });
  } catch (error) {
    report({ state: "left", error });
  }
}
