import { engineLimits } from "../limits.ts";
import type { FunctionTarget } from "../types.ts";

/** What functions' code was seen to load of what its runtime carries, so that processes which wait for such code have it loaded. */
export interface Preloads {
  of(target: FunctionTarget): readonly string[];
  /** @param loaded as a runtime tells it, or a function that pretends to be one */
  note(target: FunctionTarget, loaded: string | undefined): void;
}

const carried = /^@aws-sdk\/[a-z0-9-]{1,64}$/;

/** Parts of the SDK read these when they are loaded, which must not be before the function's variables are there. */
const readAtLoading = ["READABLE_STREAM", "AWS_LAMBDA_NODEJS_NO_GLOBAL_AWSLAMBDA"];

const codeOf = ({ codeFolder, optFolder = "" }: FunctionTarget): string => `${codeFolder}\0${optFolder}`;

/** Remembers it for the code that was started last. */
export function createPreloads(): Preloads {
  const known = new Map<string, readonly string[]>();
  return {
    of: (target) => (readAtLoading.some((name) => name in target.environment) ? [] : (known.get(codeOf(target)) ?? [])),
    note(target, loaded = "") {
      const names = loaded.split(",").filter((name) => carried.test(name));
      const code = codeOf(target);
      known.delete(code);
      known.set(code, names.slice(0, engineLimits.preloadedPackages));
      if (known.size > engineLimits.preloadRecords) known.delete(known.keys().next().value!);
    },
  };
}
