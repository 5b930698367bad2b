/** What a policy is for: the permissions of whom it is given to, or who may assume a role. */
export type PolicyKind = "identity" | "trust";

/** Something that is wrong with a policy document, and where. Lines and columns count from 1. */
export interface PolicyProblem {
  /** `error`: the server refuses it. `warning`: it is accepted, and may not be what is meant. */
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Whether a document with these problems would be refused. */
export const hasErrors = (problems: readonly PolicyProblem[]): boolean => problems.some(({ severity }) => severity === "error");
