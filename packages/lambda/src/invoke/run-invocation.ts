import { isFault } from "@mayfly/kernel";
import type { Invocation, InvocationResult, StreamedResponse } from "@mayfly/engine";
import { chooseVersion } from "../aliases/route.ts";
import { functionNotFound, serviceFault, throttled } from "../faults.ts";
import { functionArn, latest, type FunctionReference } from "../function-name.ts";
import { checkState } from "../function-states.ts";
import type { OperationResources } from "../resources.ts";
import { versionOf, type FunctionRecord, type VersionRecord } from "../store/records.ts";
import { tellKeeper } from "./invoked.ts";
import { targetId, type LambdaTarget } from "./invoke-target.ts";

/** What an invocation needs of the resources. */
export type InvocationResources = Pick<
  OperationResources,
  "functions" | "concurrency" | "code" | "targets" | "engine" | "clock" | "limits" | "invocationKeeper" | "onProblem"
>;

/** The version that is to run. */
export interface ResolvedVersion {
  readonly record: FunctionRecord;
  readonly version: VersionRecord;
}

/**
 * Finds what an invocation names, from memory when warm, and checks that its state lets it run.
 * @throws Fault ResourceNotFoundException, ResourceConflictException
 */
export async function resolveInvoked(resources: InvocationResources, reference: FunctionReference): Promise<ResolvedVersion> {
  const record = resources.functions.peek(reference) ?? (await resources.functions.find(reference));
  const version = record && invokedVersion(record, reference.qualifier);
  if (record === undefined || version === undefined) throw functionNotFound(functionArn(reference, reference.qualifier ?? latest));
  checkState("invoke", version, functionArn(reference));
  return { record, version };
}

/** An alias's invocations are split as it says, each by chance. */
function invokedVersion(record: FunctionRecord, qualifier: string | undefined): VersionRecord | undefined {
  const alias = qualifier === undefined ? undefined : record.aliases.get(qualifier);
  return alias === undefined ? versionOf(record, qualifier) : record.versions.get(chooseVersion(alias, Math.random));
}

/**
 * Runs one invocation, within the concurrency that the function may use, and the requests a second unless nobody waits for the answer.
 * @throws Fault TooManyRequestsException, ServiceException
 */
export async function runInvocation(
  resources: InvocationResources,
  resolved: ResolvedVersion,
  invocation: Invocation,
  requested: "synchronously" | "asynchronously" = "synchronously",
): Promise<InvocationResult> {
  const leave = enter(resources, resolved, requested);
  const invokedAtMs = resources.clock.now();
  try {
    const result = await resources.engine.invoke(await targetOf(resources, resolved), bounded(resources, invocation));
    tellKeeper(resources.invocationKeeper, resolved, { invocation, result, streamed: false, invokedAtMs });
    return result;
  } catch (error) {
    throw engineFault(error);
  } finally {
    leave();
  }
}

/**
 * As {@link runInvocation}, but resolves once the function begins to answer.
 * @throws Fault TooManyRequestsException, ServiceException; so do what it answers with
 */
export async function runStreaming(
  resources: InvocationResources,
  resolved: ResolvedVersion,
  invocation: Invocation,
): Promise<StreamedResponse> {
  const leave = enter(resources, resolved, "synchronously");
  const invokedAtMs = resources.clock.now();
  try {
    const { contentType, body, result } = await resources.engine.invokeStreaming(
      await targetOf(resources, resolved),
      bounded(resources, invocation),
    );
    const told = result.then((ended) => {
      const streamed = ended.functionError === undefined;
      tellKeeper(resources.invocationKeeper, resolved, { invocation, result: ended, streamed, invokedAtMs });
      return ended;
    });
    const over = told.finally(leave).catch((error: unknown) => {
      throw engineFault(error);
    });
    // Whoever reads the body hears of it there.
    over.catch(() => {});
    return { contentType, body, result: over };
  } catch (error) {
    leave();
    throw engineFault(error);
  }
}

/** AWS lets a response be so much larger than an event: 6291556 bytes. */
const responseExtraBytes = 100;

const bounded = ({ limits }: InvocationResources, invocation: Invocation): Invocation => ({
  ...invocation,
  responseBytes: limits.syncPayloadBytes + responseExtraBytes,
});

/** Takes a place for an invocation, and keeps its code; to be undone once. @throws Fault TooManyRequestsException */
function enter(resources: InvocationResources, resolved: ResolvedVersion, requested: "synchronously" | "asynchronously"): () => void {
  const { record, version } = resolved;
  const { concurrency, code } = resources;
  const place = concurrency.enter(record, version.number, requested);
  if ("refused" in place) throw throttled(place.refused);
  const held = [version.code, ...version.layers.map((layer) => layer.code)].map(({ sha256 }) => code.hold(sha256));
  return () => {
    for (const release of held) release();
    place.leave();
    retireIfReplaced(resources, resolved);
  };
}

/** Where a version runs, its code made ready first if need be. */
export const targetOf = ({ targets }: InvocationResources, { record, version }: ResolvedVersion): LambdaTarget | Promise<LambdaTarget> =>
  targets.ready(record, version) ?? targets.prepare(record, version);

// The version may have been replaced after it was looked up and before the engine got the event: the engine then made an
// environment for a target that had already been retired.
function retireIfReplaced({ functions, engine }: InvocationResources, { record, version }: ResolvedVersion): void {
  const current = functions.peek(record);
  if (current === record) return;
  if (current?.versions.get(version.number)?.deploymentId === version.deploymentId) return;
  if (current !== undefined) engine.retire(targetId(record, version));
}

const engineFaults: Readonly<Record<string, (error: unknown) => Error>> = {
  closed: (error) => serviceFault("The server is shutting down.", error),
  interrupted: (error) => serviceFault("The server is shutting down.", error),
  "insufficient-memory": (error) => Object.assign(throttled("ConcurrentInvocationLimitExceeded"), { cause: error }),
  "no-sandbox": (error) => serviceFault("This machine can make no sandbox for the function; `mayfly doctor` says what is missing.", error),
};

const engineCode = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

const engineFault = (error: unknown): unknown => engineFaults[engineCode(error)]?.(error) ?? error;

/** True if an invocation failed because the engine is shutting down. */
export const isEngineClosed = (error: unknown): boolean => isInterrupted(error) || (isFault(error) && engineCode(error.cause) === "closed");

/** True if the function was at work on the event when the engine was shut down. */
export const isInterrupted = (error: unknown): boolean => isFault(error) && engineCode(error.cause) === "interrupted";
