import type { OutputOf } from "@mayfly/kernel";
import type { Problem } from "../../../api/problem.ts";
import type { Workspace } from "./workspace.ts";

/** The files of a function's package. */
export type Listing = OutputOf<"mayfly", "ListFunctionFiles">;

/** Whether the undeployed work is safe on the server. */
type DraftState = "none" | "unsaved" | "saving" | "saved" | "failed";

/** Somebody else's work that this one would overwrite. */
export type Conflict = "deployed-elsewhere" | "draft-elsewhere";

/** What the page shows of a session. A new object after each change. */
export interface SessionView {
  readonly workspace: Workspace;
  readonly listing: Listing;
  readonly draftState: DraftState;
  readonly draftSavedAt: Date | undefined;
  readonly draftProblem: Problem | undefined;
  readonly isDeploying: boolean;
  readonly conflict: Conflict | undefined;
  /** Open files, in the order of their tabs. */
  readonly openPaths: readonly string[];
  readonly activePath: string | undefined;
  /** Counts the times that the editor's texts were dropped: it has to open them anew. */
  readonly epoch: number;
}
