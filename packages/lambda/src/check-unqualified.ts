import { invalidParameter } from "./faults.ts";
import type { FunctionReference } from "./function-name.ts";

/** For operations on functions as a whole. @throws Fault InvalidParameterValueException */
export function checkUnqualified({ qualifier }: FunctionReference): void {
  if (qualifier === undefined) return;
  throw invalidParameter(
    "This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. " +
      "Please specify either a function name or an unqualified function ARN.",
  );
}
