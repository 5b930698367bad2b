import { newUuid, type OneOrMany, type PolicyDocument, type PolicyStatement } from "@mayfly/kernel";
import { latest, type FunctionReference } from "../function-name.ts";
import { ownPolicy, versionOf, withAlias, withVersions, type FunctionRecord } from "../store/records.ts";

/** A policy of those statements, as AWS words it. */
export const documentOf = (statements: readonly PolicyStatement[]): PolicyDocument => ({
  Version: "2012-10-17",
  Id: "default",
  Statement: statements,
});

/** The statements of a policy that may not be there. */
export function statementsOf(document: PolicyDocument | undefined): readonly PolicyStatement[] {
  const statements: OneOrMany<PolicyStatement> = document?.Statement ?? [];
  return "Effect" in statements ? [statements] : statements;
}

/** What a policy is kept under for a caller's qualifier. */
export const policyKeyOf = ({ qualifier }: Pick<FunctionReference, "qualifier">): string =>
  qualifier === undefined || qualifier === latest ? ownPolicy : qualifier;

/** The revision of what a policy belongs to: an alias's, a version's or `$LATEST`'s. Undefined if there is none such. */
export const revisionOf = (record: FunctionRecord, key: string): string | undefined =>
  record.aliases.get(key)?.revisionId ?? versionOf(record, key === ownPolicy ? undefined : key)?.revisionId;

/** The function with a new revision of what a policy belongs to. */
export function withNewRevision(record: FunctionRecord, key: string): FunctionRecord {
  const alias = record.aliases.get(key);
  if (alias !== undefined) return withAlias(record, key, { ...alias, revisionId: newUuid() });
  const version = versionOf(record, key === ownPolicy ? undefined : key);
  return version === undefined ? record : withVersions(record, { ...version, revisionId: newUuid() });
}
