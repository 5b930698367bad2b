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

/** What is told of an invocation. */
export const invokedOf = (
  { record, version }: ResolvedVersion,
  facts: Pick<Invoked, "invocation" | "result" | "streamed" | "invokedAtMs">,
): Invoked => ({
  key: record,
  version: {
    name: versionName(version),
    logGroupName: version.configuration.LoggingConfig.LogGroup ?? `/aws/lambda/${record.functionName}`,
  },
  ...facts,
});
