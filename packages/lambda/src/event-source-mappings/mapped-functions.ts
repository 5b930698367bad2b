import { isFault, newUuid, type Identity } from "@mayfly/kernel";
import { functionArn } from "../function-name.ts";
import { isEngineClosed, isInterrupted, resolveInvoked, runInvocation, type InvocationResources } from "../invoke/run-invocation.ts";
import { judgeChain } from "../recursion/check-recursion.ts";
import { loopsOf, traceHeader } from "../recursion/trace-header.ts";
import type { OperationResources } from "../resources.ts";
import type { MappingKey, MappingRecord } from "./mapping.ts";

/** What a mapping's function is to be given. */
interface MappedEvent {
  /** JSON, no longer than an event of an invocation that is waited for. */
  readonly payload: Buffer;
  /** The X-Ray header of what the event came from. */
  readonly traceHeader: string | undefined;
}

/** What became of an event. Where it did not run it may be tried again. */
export type MappedOutcome =
  | { readonly kind: "ran"; readonly requestId: string; readonly failed: boolean; readonly payload: Buffer }
  | { readonly kind: "throttled" }
  | { readonly kind: "unavailable"; readonly reason: string }
  /** The server ends; `isBegun`: the function was at work on it. */
  | { readonly kind: "closed"; readonly isBegun: boolean };

/** How far an event is in a chain of invocations. */
interface ChainPlace {
  readonly loops: number;
  /** The function must not be run once more in that chain. */
  readonly isOver: boolean;
}

/** Functions as whoever reads event sources for them needs them. */
export interface MappedFunctions {
  /** Whom the function acts as, if its state lets it run. @throws Fault, AccessDenied */
  identityOf(mapping: MappingRecord): Promise<Identity>;
  /** Runs the function, within its concurrency and as every other invocation is run. */
  invoke(mapping: MappingRecord, event: MappedEvent): Promise<MappedOutcome>;
  placeInChain(mapping: MappingRecord, header: string): Promise<ChainPlace>;
  /** Keeps what is wrong with reading the source, for whoever looks at the mapping; undefined: nothing. */
  tell(key: MappingKey, problem: string | undefined): Promise<void>;
}

type Resources = InvocationResources & Pick<OperationResources, "limits" | "mappings" | "roleOf">;

export function createMappedFunctions(resources: Resources): MappedFunctions {
  const { functions, mappings, clock, limits } = resources;
  return {
    async identityOf(mapping) {
      const { accountId, region, functionName } = mapping;
      const { version } = await resolveInvoked(resources, mapping);
      const principal = await resources.roleOf({ accountId, region, functionName, roleArn: version.configuration.Role });
      return { principal, accountId, region };
    },
    invoke: (mapping, event) => run(resources, mapping, event).catch((error: unknown) => outcomeOf(resources, mapping, error)),
    async placeInChain(mapping, header) {
      const record = functions.peek(mapping) ?? (await functions.find(mapping));
      if (record === undefined) return { loops: 0, isOver: false };
      const next = traceHeader(record, header, clock.now());
      return { loops: loopsOf(record, next), isOver: judgeChain(record, next, limits) !== "run" };
    },
    async tell(key, problem) {
      await mappings.change(key, (current) =>
        current === undefined || current.lastProcessingResult === problem ? current : { ...current, lastProcessingResult: problem },
      );
    },
  };
}

async function run(resources: Resources, mapping: MappingRecord, event: MappedEvent): Promise<MappedOutcome> {
  const resolved = await resolveInvoked(resources, mapping);
  const requestId = newUuid();
  const { payload, functionError } = await runInvocation(resources, resolved, {
    requestId,
    invokedFunctionArn: functionArn(mapping, mapping.qualifier),
    payload: event.payload,
    traceId: traceHeader(mapping, event.traceHeader, resources.clock.now()),
  });
  return { kind: "ran", requestId, failed: functionError !== undefined, payload };
}

function outcomeOf({ onProblem }: Resources, mapping: MappingRecord, error: unknown): MappedOutcome {
  if (isEngineClosed(error)) return { kind: "closed", isBegun: isInterrupted(error) };
  if (isFault(error, "TooManyRequestsException")) return { kind: "throttled" };
  if (!isFault(error)) onProblem(`An event for ${mapping.functionName} could not be run: ${String(error)}`);
  return { kind: "unavailable", reason: error instanceof Error ? error.message : String(error) };
}
