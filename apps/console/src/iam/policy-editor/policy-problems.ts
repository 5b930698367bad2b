import type { PolicyKind, PolicyProblem } from "./policy-problem.ts";
import { listOf, membersOf, readDocument, type Findings, type Member, type Value } from "./policy-reader.ts";
import { checkStatement } from "./statement-problems.ts";
import { uniqueMembers } from "./unique-members.ts";

/** Characters without white space: of a managed policy, and of a role's trust policy. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
const policyCharacters: Readonly<Record<PolicyKind, number>> = { identity: 6_144, trust: 2_048 };

/** What all inline policies of a role may have together. */
export const inlinePolicyCharacters = { role: 10_240, user: 2_048 } as const;

const elements = ["Version", "Id", "Statement"];

/**
 * What is wrong with a policy document, by line: what the server would refuse, and what may not be meant.
 * @param mostCharacters without white space; the default is a managed policy's, or a trust policy's
 */
export function policyProblems(text: string, kind: PolicyKind, mostCharacters = policyCharacters[kind]): PolicyProblem[] {
  const { root, findings } = readDocument(text);
  if (root) checkDocument(root, kind, findings);
  const characters = text.replaceAll(/\s/g, "").length;
  if (characters > mostCharacters)
    findings.error(
      { offset: 0, length: 0 },
      `The policy has ${characters.toLocaleString("en")} characters without white space; ${mostCharacters.toLocaleString("en")} are allowed.`,
    );
  return findings.problems.toSorted((a, b) => a.line - b.line || a.column - b.column);
}

function checkDocument(root: Value, kind: PolicyKind, findings: Findings): void {
  if (root.type !== "object") return findings.error(root, "A policy is a JSON object: { ... }.");
  const members = uniqueMembers(root, elements, "a policy", findings);
  checkVersion(members.get("Version"), root, kind, findings);
  const id = members.get("Id");
  if (id && id.value.type !== "string") findings.error(id.value, '"Id" must be a text.');
  const statement = members.get("Statement");
  if (!statement) return findings.error(start(root), '"Statement" is missing: a list of what is allowed and denied.');
  const statements = listOf(statement.value);
  if (statements.length === 0) return findings.error(statement.value, '"Statement" is empty; a policy needs at least one.');
  for (const one of statements) checkStatement(one, kind, findings);
  checkIds(statements, findings);
}

function checkVersion(version: Member | undefined, root: Value, kind: PolicyKind, findings: Findings): void {
  if (!version) {
    if (kind === "identity") findings.error(start(root), '"Version" is missing. Use "2012-10-17".');
    return;
  }
  const value: unknown = version.value.value;
  if (value === "2012-10-17" || (kind === "trust" && value === "2008-10-17")) return;
  findings.error(version.value, '"Version" must be "2012-10-17". It is the version of the policy language, not a date of yours.');
}

function checkIds(statements: readonly Value[], findings: Findings): void {
  const seen = new Set<unknown>();
  for (const statement of statements) {
    const id = membersOf(statement).find(({ name }) => name === "Sid")?.value;
    if (id?.type !== "string" || id.value === "") continue;
    if (seen.has(id.value)) findings.error(id, `There is another statement with the Sid "${String(id.value)}"; each must be unique.`);
    seen.add(id.value);
  }
}

const start = ({ offset }: Value): { readonly offset: number; readonly length: number } => ({ offset, length: 1 });
