import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  InvokeCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  type LambdaClient,
} from "@aws-sdk/client-lambda";
import type { Ledger, Entry } from "./ledger.ts";
import { packageOf, runtimes, taskFor, tasks, timeoutSeconds, timeoutType } from "./programs.ts";

const role = "arn:aws:iam::123456789012:role/execution_role";

/** What a step of the load works with. */
export interface Load {
  readonly lambda: LambdaClient;
  readonly ledger: Ledger;
  readonly functionCount: number;
  readonly random: () => number;
  /** Functions that somebody is deleting and making again. */
  readonly remaking: Set<number>;
}

export const functionName = (index: number): string => `soak-${index}`;

/** Errors that say that the invocation did not run: the function is gone or being changed, or there is no room for it. */
const refusals = new Set(["ResourceNotFoundException", "ResourceConflictException", "TooManyRequestsException"]);

const errorName = (error: unknown): string => (error instanceof Error ? error.name : String(error));

export async function create({ lambda }: Load, index: number, revision: number): Promise<void> {
  const FunctionName = functionName(index);
  const { runtime } = runtimes[index % runtimes.length] ?? runtimes[0];
  const Code = { ZipFile: await packageOf(index, revision) };
  await lambda.send(
    new CreateFunctionCommand({ FunctionName, Runtime: runtime, Role: role, Handler: "main.handler", Timeout: timeoutSeconds, Code }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName });
}

export async function remove({ lambda, ledger }: Load, index: number): Promise<void> {
  await lambda.send(new DeleteFunctionCommand({ FunctionName: functionName(index) }));
  ledger.noteDeletion(functionName(index));
}

/** What the load does, how often. */
const steps: readonly { readonly weight: number; readonly run: (load: Load, index: number) => Promise<void> }[] = [
  { weight: 70, run: (load, index) => invoke(load, index, "sync") },
  { weight: 22, run: (load, index) => invoke(load, index, "async") },
  { weight: 4, run: (load, index) => change(load, () => updateConfiguration(load, index)) },
  { weight: 2, run: (load, index) => change(load, () => updateCode(load, index)) },
  { weight: 2, run: remake },
];

/** Callers that do one thing after the other, of random kinds to random functions, until the time is over. */
export async function run(load: Load, callers: number, forMs: number): Promise<void> {
  const endsAt = performance.now() + forMs;
  const callOn = async (): Promise<void> => {
    while (performance.now() < endsAt) await step(load);
  };
  await Promise.all(Array.from({ length: callers }, callOn));
}

async function step(load: Load): Promise<void> {
  let rest = load.random() * steps.reduce((sum, { weight }) => sum + weight, 0);
  const chosen = steps.find(({ weight }) => (rest -= weight) < 0);
  await chosen?.run(load, Math.floor(load.random() * load.functionCount));
}

let lastId = 0;

export async function invoke({ lambda, ledger, random }: Load, index: number, kind: Entry["kind"]): Promise<void> {
  const task = taskFor(random());
  const name = functionName(index);
  const entry = ledger.add({
    id: `i${++lastId}`,
    functionName: name,
    task,
    kind,
    outcome: "sent",
    sentAtMs: performance.now(),
    requestId: "",
  });
  const InvocationType = kind === "sync" ? "RequestResponse" : "Event";
  try {
    const answer = await lambda.send(
      new InvokeCommand({ FunctionName: name, InvocationType, Payload: JSON.stringify({ id: entry.id, task }) }),
    );
    entry.requestId = answer.$metadata.requestId ?? "";
    const problem = kind === "sync" ? wrongAnswer(entry, answer.FunctionError, Buffer.from(answer.Payload ?? []).toString()) : undefined;
    if (problem !== undefined) ledger.problems.push(`${task} ${entry.id} of ${name} was answered with ${problem.slice(0, 300)}`);
    entry.outcome = kind === "sync" ? "answered" : "accepted";
  } catch (error) {
    entry.outcome = "refused";
    entry.requestId = (error as { $metadata?: { requestId?: string } }).$metadata?.requestId ?? "";
    if (!refusals.has(errorName(error))) ledger.problems.push(`${task} ${entry.id} of ${name}: ${String(error)}`);
  }
}

/** The answer, if it is not one that the task can have. */
function wrongAnswer({ id, task }: Entry, functionError: string | undefined, text: string): string | undefined {
  const body = JSON.parse(text) as { id?: string; errorType?: string; errorMessage?: string };
  if (functionError === undefined) return body.id === id && tasks[task].errors.length === 0 ? undefined : text;
  if (body.errorType === timeoutType) return undefined;
  const allowed: readonly string[] = tasks[task].errors;
  if (!allowed.includes(body.errorType ?? "")) return text;
  return task === "throw" && body.errorMessage !== id ? text : undefined;
}

/** Another caller may be changing or deleting the same function. */
async function change({ ledger }: Load, make: () => Promise<unknown>): Promise<void> {
  try {
    await make();
  } catch (error) {
    if (!refusals.has(errorName(error))) ledger.problems.push(`A change: ${String(error)}`);
  }
}

const updateConfiguration = ({ lambda, random }: Load, index: number): Promise<unknown> =>
  lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: functionName(index),
      Environment: { Variables: { ROUND: String(Math.floor(random() * 1_000_000)) } },
    }),
  );

const updateCode = async ({ lambda, random }: Load, index: number): Promise<unknown> =>
  lambda.send(
    new UpdateFunctionCodeCommand({
      FunctionName: functionName(index),
      ZipFile: await packageOf(index, Math.floor(random() * 1_000_000)),
    }),
  );

async function remake(load: Load, index: number): Promise<void> {
  if (load.remaking.has(index)) return;
  load.remaking.add(index);
  try {
    await remove(load, index);
    await create(load, index, Math.floor(load.random() * 1_000_000));
  } catch (error) {
    load.ledger.problems.push(`${functionName(index)} could not be made anew: ${String(error)}`);
  } finally {
    load.remaking.delete(index);
  }
}
