import { Fault } from "@mayfly/kernel";
import type { LambdaLimits } from "../limits.ts";
import type { FunctionRecord } from "../store/records.ts";
import { loopsOf } from "./trace-header.ts";

/** What becomes of an invocation by its chain. `told` and `silent` are not run; of the first one the function's destination is told. */
export type ChainVerdict = "run" | "told" | "silent";

/**
 * A function that was invoked so often in one chain is invoked no more, unless it allows that. Whatever is told of the invocation that was stopped goes on with
 * the chain: if it leads back here nobody is told again, or that would be a loop, too.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export function judgeChain(record: FunctionRecord, traceId: string, { recursiveInvocationCount }: LambdaLimits): ChainVerdict {
  const loops = loopsOf(record, traceId);
  if (loops < recursiveInvocationCount || record.recursiveLoop === "Allow") return "run";
  return loops === recursiveInvocationCount ? "told" : "silent";
}

/** @throws Fault RecursiveInvocationException, as the model words it */
export function checkChain(record: FunctionRecord, traceId: string, limits: LambdaLimits): void {
  if (judgeChain(record, traceId, limits) === "run") return;
  throw new Fault(
    "RecursiveInvocationException",
    "Lambda has detected your function being invoked in a recursive loop with other Amazon Web Services resources and stopped your function's invocation.",
    { members: { Type: "User" } },
  );
}
