import type { World } from "./world.ts";

/** What a run found. `refuses` and `empty` answer an error, whose text becomes part of the row. */
type Finding = "acts" | "kept only" | "empty account" | "refused";

/** One row: an operation or a member of a request, and the run that shows what becomes of it. */
export interface Probe {
  readonly name: string;
  readonly finding: Finding;
  /** What the run saw, or why the setting has no effect. */
  readonly what: string;
  /** Fails if it is not so; may answer an error's text. */
  readonly run: (world: World) => Promise<unknown>;
}

const rowOf =
  (finding: Finding) =>
  (name: string, what: string, run: Probe["run"]): Probe => ({ name, finding, what, run });

/** It does what it does on AWS; the run sees the effect. */
export const acts = rowOf("acts");
/** It is validated, kept and returned, and has no effect here. */
export const kept = rowOf("kept only");
/** It answers as AWS does in an account that has none of what it is about. */
export const empty = rowOf("empty account");
/** It is refused by name. */
export const refused = rowOf("refused");
