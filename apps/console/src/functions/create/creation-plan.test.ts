import { expect, test } from "vitest";
import { PlanFailed, runPlan, type PlanStep, type StepReport } from "./creation-plan.ts";

/** Steps `a`, `b`, ... that write down what is done and undone; those in `broken` throw. */
function stepsThat(log: string[], names: readonly string[], broken: readonly string[] = []): PlanStep[] {
  const act = async (what: string): Promise<void> => {
    log.push(what);
    if (broken.includes(what)) throw new Error(`${what} is broken`);
  };
  return names.map((name) => ({ id: name, title: name, run: () => act(name), undo: () => act(`undo ${name}`) }));
}

const statesOf = (reports: readonly StepReport[]): string[] => reports.map(({ id, state }) => `${id} ${state}`);

async function failureOf(steps: readonly PlanStep[], options: Parameters<typeof runPlan>[1] = {}): Promise<PlanFailed> {
  const failure: unknown = await runPlan(steps, options).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(failure instanceof PlanFailed)) throw new Error("The plan did not fail.");
  return failure;
}

test("the steps run in order, and none is undone", async () => {
  const log: string[] = [];
  const seen: string[][] = [];
  await runPlan(stepsThat(log, ["a", "b"]), { onChange: (reports) => seen.push(statesOf(reports)) });
  expect(log).toEqual(["a", "b"]);
  expect(seen).toEqual([
    ["a running", "b waiting"],
    ["a done", "b waiting"],
    ["a done", "b running"],
    ["a done", "b done"],
  ]);
});

test("when a step fails, the ones before it are undone in reverse order, the rest is not begun", async () => {
  const log: string[] = [];
  const failure = await failureOf(stepsThat(log, ["a", "b", "c", "d"], ["c"]));
  expect(log).toEqual(["a", "b", "c", "undo b", "undo a"]);
  expect(failure.failed).toMatchObject({ id: "c", error: new Error("c is broken") });
  expect(statesOf(failure.reports)).toEqual(["a undone", "b undone", "c failed", "d waiting"]);
  expect(failure.left).toEqual([]);
});

test("a step without an undo is passed over", async () => {
  const log: string[] = [];
  const [a, b] = stepsThat(log, ["a", "b"], ["b"]);
  const failure = await failureOf([{ id: "first", title: "first", run: a!.run }, b!]);
  expect(log).toEqual(["a", "b"]);
  expect(statesOf(failure.reports)).toEqual(["first done", "b failed"]);
});

test("what can't be undone is named, and does not keep the rest from being undone", async () => {
  const log: string[] = [];
  const failure = await failureOf(stepsThat(log, ["a", "b", "c"], ["c", "undo b"]));
  expect(log).toEqual(["a", "b", "c", "undo b", "undo a"]);
  expect(failure.left).toMatchObject([{ id: "b", error: new Error("undo b is broken") }]);
});

test("a step that failed without an answer is undone too: it may have been done", async () => {
  const log: string[] = [];
  const failure = await failureOf(stepsThat(log, ["a", "b"], ["b"]), { isUncertain: () => true });
  expect(log).toEqual(["a", "b", "undo b", "undo a"]);
  expect(statesOf(failure.reports)).toEqual(["a undone", "b failed"]);
});

test("a step that failed without an answer and can't be undone is left", async () => {
  const failure = await failureOf(stepsThat([], ["a", "b"], ["b", "undo b"]), { isUncertain: () => true });
  expect(failure.left).toMatchObject([{ id: "b", error: new Error("undo b is broken") }]);
  expect(failure.failed.error).toEqual(new Error("b is broken"));
});
