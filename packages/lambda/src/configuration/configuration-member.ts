import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from "@mayfly/wire/lambda";
import type { LambdaLimits } from "../limits.ts";
import type { FunctionKey } from "../function-name.ts";
import type { StoredConfiguration } from "../store/records.ts";
import type { RuntimePolicy } from "./runtime-policy.ts";

/** What a caller may ask for: the members of both requests. */
export type ConfigurationRequest = Partial<
  Omit<CreateFunctionRequest, "Code" | "FunctionName" | "Publish" | "Tags"> &
    Omit<UpdateFunctionConfigurationRequest, "FunctionName" | "RevisionId">
>;

/** What the checks may ask about beyond the request. */
export interface ConfigurationFacts {
  readonly key: FunctionKey;
  readonly limits: LambdaLimits;
  readonly runtimes: RuntimePolicy;
}

/** One member, or a family of members that only make sense together. */
export interface ConfigurationMember {
  /**
   * Checks what is asked and answers what is to be kept; `previous` is undefined for a new function. A member that is kept as it
   * was need not be answered; one that is to vanish is answered as undefined.
   * @throws Fault in AWS's words
   */
  readonly apply: (
    request: ConfigurationRequest,
    previous: StoredConfiguration | undefined,
    facts: ConfigurationFacts,
  ) => Partial<StoredConfiguration>;
}
