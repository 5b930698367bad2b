import { Fault, type ConditionKeys } from "@mayfly/kernel";
import type { Cors, FunctionUrlAuthType } from "@mayfly/wire/lambda";
import { notFound } from "../faults.ts";
import { latest, referenceArn, type FunctionReference } from "../function-name.ts";
import { versionNumberOf, type FunctionRecord, type FunctionUrlRecord } from "../store/records.ts";

/** What a URL is kept under for a caller's qualifier. */
export const urlKeyOf = ({ qualifier }: Pick<FunctionReference, "qualifier">): string => qualifier ?? latest;

/**
 * Refuses versions, which have no URL, in the words of the model's constraint on `Qualifier`: a qualifier may also come in the function's name.
 * @throws Fault ValidationException
 */
export function checkUrlQualifier({ qualifier }: FunctionReference): void {
  if (qualifier === undefined || versionNumberOf(qualifier) === undefined) return;
  throw new Fault(
    "ValidationException",
    `1 validation error detected: Value '${qualifier}' at 'qualifier' failed to satisfy constraint: ` +
      "Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)",
    { status: 400 },
  );
}

/** The function, if it has what the caller named. @throws Fault ResourceNotFoundException */
export function mustHaveFunction(record: FunctionRecord | undefined, { qualifier }: FunctionReference): FunctionRecord {
  if (record === undefined || (qualifier !== undefined && !record.aliases.has(qualifier))) throw notFound("Function does not exist");
  return record;
}

/** The URL of what the caller named. @throws Fault ResourceNotFoundException */
export function mustHaveUrl(record: FunctionRecord | undefined, reference: FunctionReference): FunctionUrlRecord {
  const url = record?.urls.get(urlKeyOf(reference));
  if (url === undefined) throw notFound("The resource you requested does not exist.");
  return url;
}

/** Settings without a member are none: so they are taken away. */
export const readCors = (cors: Cors): Cors | undefined => (Object.values(cors).some((value) => value !== undefined) ? cors : undefined);

/** Condition keys of the operations on URLs. @param authType the URL's, or what it is to be */
export const urlKeys = (reference: FunctionReference, authType: FunctionUrlAuthType | undefined): ConditionKeys => ({
  "lambda:FunctionArn": [referenceArn(reference)],
  ...(authType !== undefined && { "lambda:FunctionUrlAuthType": [authType] }),
});
