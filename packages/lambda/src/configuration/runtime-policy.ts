import type { Clock } from "@mayfly/kernel";
import { invalidParameter } from "../faults.ts";

/** What is known of a runtime. Dates are epoch milliseconds. */
export interface RuntimeFacts {
  readonly identifier: string;
  /** AWS refuses new functions and updates already. */
  readonly refused: boolean;
  readonly deprecatedAtMs: number | undefined;
  readonly createBlockedAtMs: number | undefined;
  readonly updateBlockedAtMs: number | undefined;
}

/** `note`: a deprecated runtime goes on working. `enforce`: from its block date on it is refused, as on AWS. */
export type RuntimeDeprecation = "note" | "enforce";

/** Decides which runtimes a function may have. */
export interface RuntimePolicy {
  /** @throws Fault InvalidParameterValueException */
  check(runtime: string, purpose: "create" | "update"): void;
}

const runtimeArn = /^arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+::runtime:.+$/;

/** @param onProblem told once of each deprecated runtime that is still used */
export function createRuntimePolicy(
  catalog: readonly RuntimeFacts[],
  clock: Clock,
  deprecation: RuntimeDeprecation,
  onProblem: (line: string) => void,
): RuntimePolicy {
  const known = new Map(catalog.map((facts) => [facts.identifier, facts]));
  const noted = new Set<string>();
  const offered = catalog.filter((facts) => !facts.refused).map((facts) => facts.identifier);

  return {
    check(runtime, purpose) {
      const facts = known.get(runtime);
      if (facts === undefined || runtimeArn.test(runtime)) {
        throw invalidParameter(
          `Value ${runtime} at 'runtime' failed to satisfy constraint: Member must satisfy enum value set: [${offered.join(", ")}] or be a valid ARN`,
        );
      }
      const blockedAtMs = purpose === "create" ? facts.createBlockedAtMs : facts.updateBlockedAtMs;
      const blocked = deprecation === "enforce" && blockedAtMs !== undefined && blockedAtMs <= clock.now();
      if (facts.refused || blocked) {
        throw invalidParameter(
          `The runtime parameter of ${runtime} is no longer supported for creating or updating AWS Lambda functions. ` +
            "We recommend you use a supported runtime while creating or updating functions.",
        );
      }
      if (facts.deprecatedAtMs !== undefined && facts.deprecatedAtMs <= clock.now() && !noted.has(runtime)) {
        noted.add(runtime);
        onProblem(`Runtime ${runtime} is deprecated on AWS since ${new Date(facts.deprecatedAtMs).toISOString().slice(0, 10)}.`);
      }
    },
  };
}
