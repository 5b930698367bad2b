import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { createContext, useContext } from "react";

/** The function whose page this is. */
export interface CurrentFunction {
  readonly functionName: string;
  /** The version or alias that is shown; undefined: $LATEST. */
  readonly qualifier: string | undefined;
  /** Its configuration as last read; renewed by the cache. */
  readonly configuration: FunctionConfiguration & { readonly FunctionArn?: string };
  readonly tags: Readonly<Record<string, string>>;
  /** Concurrent executions reserved for it, if any. */
  readonly reservedConcurrentExecutions: number | undefined;
  /** Asks for all of it anew. */
  readonly refresh: () => Promise<unknown>;
}

/** Provided by FunctionPage. */
export const FunctionContext = createContext<CurrentFunction | undefined>(undefined);

/** The function whose page this is. */
export function useCurrentFunction(): CurrentFunction {
  const current = useContext(FunctionContext);
  if (!current) throw new Error("This belongs on a function's page.");
  return current;
}
