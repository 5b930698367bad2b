import type { Invocation, InvocationResult } from "@mayfly/engine";
import type { FunctionKey } from "../function-name.ts";
import { versionName } from "../store/records.ts";
import type { ResolvedVersion } from "./run-invocation.ts";

/** An invocation that is over, for whoever keeps them. */
export interface Invoked {
  readonly key: FunctionKey;
  readonly version: { readonly name: string; readonly logGroupName: string };
  readonly invocation: Invocation;
  readonly result: InvocationResult;
  /** Its response went to the caller in chunks: the result does not have it. */
  readonly streamed: boolean;
  readonly invokedAtMs: number;
}

/** Whoever keeps invocations that are over. Both are asked before the answer: they must be quick. */
export interface InvocationKeeper {
  /** Whether it keeps any of that function's. */
  wants(key: FunctionKey): boolean;
  keep(invoked: Invoked): void;
}

/** Tells whoever keeps the function's invocations of one; nothing is made for who doesn't. */
export function tellKeeper(
  keeper: InvocationKeeper | undefined,
  { record, version }: ResolvedVersion,
  facts: Pick<Invoked, "invocation" | "result" | "streamed" | "invokedAtMs">,
): void {
  if (keeper === undefined || !keeper.wants(record)) return;
  const logGroupName = version.configuration.LoggingConfig.LogGroup ?? `/aws/lambda/${record.functionName}`;
  keeper.keep({ key: record, version: { name: versionName(version), logGroupName }, ...facts });
}
