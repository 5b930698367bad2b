import { conflict, functionNotFound, invalidParameter, notFound } from "../faults.ts";
import { functionArn, latest, type FunctionReference } from "../function-name.ts";
import type { OperationResources } from "../resources.ts";
import { versionNumberOf, versionOf, type AliasRecord, type FunctionRecord } from "../store/records.ts";
import { planOf } from "./shares.ts";

/** What a request names: it is there, and is a published version or an alias. */
interface Named {
  readonly record: FunctionRecord;
  readonly qualifier: string;
}

const unpublished = "Provisioned Concurrency Configs cannot be applied to unpublished function versions.";
const alreadyProvisioned = "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version";

/** @throws Fault InvalidParameterValueException for `$LATEST`, in the words of Get and Delete, or of Put */
export function qualifierOf({ qualifier = latest }: FunctionReference, purpose: "put" | "other"): string {
  if (qualifier !== latest) return qualifier;
  throw invalidParameter(purpose === "put" ? unpublished : "The function resource provided must be an alias or a published version.");
}

/** @throws Fault ResourceNotFoundException in recorded words */
export function mustBeThere(record: FunctionRecord | undefined, reference: FunctionReference, qualifier: string): Named {
  if (record !== undefined && versionOf(record, qualifier) !== undefined) return { record, qualifier };
  const arn = functionArn(reference, qualifier);
  throw versionNumberOf(qualifier) === undefined ? notFound(`Cannot find alias arn: ${arn}`) : functionNotFound(arn);
}

/** An alias and its version can't both be provisioned. @throws Fault InvalidParameterValueException, ResourceConflictException; the texts are recorded ones */
export function checkNotProvisionedTwice({ record, qualifier }: Named): void {
  const alias = record.aliases.get(qualifier);
  if (alias !== undefined) return checkProvisionedAlias(record, alias, "put");
  const number = versionNumberOf(qualifier);
  for (const name of record.provisionedConcurrency.keys()) {
    const other = record.aliases.get(name);
    if (other?.versionNumber === number || other?.additional?.number === number)
      throw conflict("Version is pointed by a Provisioned Concurrency alias");
  }
}

/**
 * Where an alias with provisioned concurrency may lead. It may be given weights later, for a shift of traffic; with them its configuration can't be put.
 * @throws Fault InvalidParameterValueException, ResourceConflictException
 */
export function checkProvisionedAlias(record: FunctionRecord, { versionNumber, additional }: AliasRecord, purpose: "put" | "move"): void {
  if (additional !== undefined && purpose === "put")
    throw invalidParameter("Alias with weights can not be used with Provisioned Concurrency");
  if (versionNumber === 0) throw invalidParameter(unpublished);
  const leadsTo = [versionNumber, ...(additional === undefined ? [] : [additional.number])];
  if (leadsTo.some((number) => record.provisionedConcurrency.has(String(number)))) throw conflict(alreadyProvisioned);
}

/** The count fits into what the function has reserved, or else into what the account has not. @throws Fault InvalidParameterValueException in recorded words */
export function checkCount(
  { concurrency, limits }: Pick<OperationResources, "concurrency" | "limits">,
  { record, qualifier }: Named,
  count: number,
): void {
  const others = planOf(record).total - (record.provisionedConcurrency.get(qualifier)?.requestedCount ?? 0);
  if (record.reservedConcurrency !== undefined) {
    if (others + count <= record.reservedConcurrency) return;
    throw invalidParameter("Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function");
  }
  const unreserved = limits.concurrentExecutionCount - concurrency.committedBeside(record, record) - others;
  if (count > unreserved)
    throw invalidParameter(`Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${unreserved}].`);
  if (unreserved - count < limits.minimumUnreservedCount) {
    throw invalidParameter(
      "Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of " +
        `[${limits.minimumUnreservedCount}].`,
    );
  }
}
