import type { InterpretedRuntime } from "@mayfly/runtimes";
import type { Bench } from "../bench.ts";
import type { Program } from "../functions.ts";
import type { LoadPlan } from "../load-plan.ts";

/** What takes part in the comparison: Mayfly itself, or a rival that runs without Docker. */
export interface Contestant {
  readonly name: string;
  readonly languages: readonly InterpretedRuntime["language"][];
  /** Fetches what it needs, unless that is there already. @throws Error saying why it is not to be had */
  prepare(bench: Bench): Promise<void>;
  /** Starts it on a free port of loopback, in an empty folder of its own. Resolves when it takes requests. */
  start(bench: Bench, folder: string): Promise<RunningContestant>;
}

/** A server with nothing in it yet. */
interface RunningContestant {
  readonly pid: number;
  /** Makes a function; answers how it is called. */
  deploy(runtime: InterpretedRuntime, program: Program): Promise<Pick<LoadPlan, "url" | "signAs" | "path" | "envelope">>;
  stop(): Promise<void>;
}

/** The rivals check no signature. */
export const anyKey = { accessKeyId: "test", secretAccessKey: "test", region: "us-east-1", service: "lambda" } as const;
