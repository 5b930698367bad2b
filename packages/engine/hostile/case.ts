import type { FunctionTarget, InvocationResult } from "../src/types.ts";
import type { Holder } from "./holders.ts";
import type { Stage } from "./stage.ts";

/** What an attempt may come to: one word, one of several, or a number within a bound. */
export type Allowed = string | readonly string[] | { readonly atMost: number } | { readonly atLeast: number };

/** How a hostile invocation must end. */
export type Ending = OneEnding | readonly OneEnding[];

/** One way to end. */
export type OneEnding =
  /** The function answers: by the attempt's name what it came to, such as an errno's name. */
  | { readonly answers: Readonly<Record<string, Allowed>> }
  /** The invocation fails with AWS's error type. */
  | { readonly error: string | readonly string[]; readonly message?: RegExp };

/** What a case uses up. */
export type Starved = "memory" | "processes" | "files";

/** What a judge has to know of an invocation. */
export interface Judged {
  readonly result: Pick<InvocationResult, "logTail"> & { readonly functionError: string | undefined };
  readonly payload: unknown;
}

/** What became of a hostile invocation. */
export interface Outcome extends Judged {
  readonly result: InvocationResult;
  /** The function's answer, or its error, as JSON. */
  readonly payload: unknown;
}

/** A case that is being played. */
export interface Play {
  readonly stage: Stage;
  readonly target: FunctionTarget;
  /** Invokes the hostile function; the event tells it what there is to attack. */
  invoke(more?: Readonly<Record<string, unknown>>): Promise<Outcome>;
}

/** One attack. */
export interface HostileCase {
  /** What it tries: "read the server's data folder". Unique. */
  readonly name: string;
  /** What keeps it from succeeding, for docs/isolation.md. */
  readonly heldBy: readonly Holder[];
  /** The function's module, `index.py` or `index.cjs`; what it imports as `attack` lies in toolbox/. */
  readonly python?: string;
  readonly node?: string;
  /** What an external extension of the function does, see src/testing/extension.ts. */
  readonly extension?: string;
  readonly target?: Partial<FunctionTarget>;
  readonly ends: Ending;
  /** What comes of it in words, for the page, where `ends` has only figures. */
  readonly comesTo?: string;
  /** How it is played, if not by one invocation. Answers the outcome that is judged. */
  readonly play?: (play: Play) => Promise<Outcome>;
  /** What else must be true, by node:assert; after the invocation, before the environment is ended. */
  readonly verify?: (outcome: Outcome, play: Play) => void | Promise<void>;
  /** It starves others of something that a control group bounds, the number of files also the launcher. */
  readonly starves?: Starved;
  /** Where nothing of that bounds it: `watched` means that it ends the same way, `lost` that doctor says so and nothing holds it. */
  readonly withoutControlGroup?: "watched" | "lost" | "lost with bubblewrap";
  /** It is made of machine code of this architecture. */
  readonly only?: NodeJS.Architecture;
}

/** Cases that belong together. */
export interface HostileGroup {
  readonly title: string;
  readonly cases: readonly HostileCase[];
}
