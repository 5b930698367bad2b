import { isFault, type OneOrMany, type PolicyDocument, type PolicyStatement } from "@mayfly/kernel";
import { malformedPolicy } from "../faults.ts";
import { limits } from "../limits.ts";
import type { S3Given } from "../resources.ts";
import { bucketArn } from "./bucket.ts";

const listOf = <T>(value: OneOrMany<T> | undefined): readonly T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value as T];

/** Reads a bucket's policy: of S3's actions and this bucket alone. @throws Fault MalformedPolicy */
export function readBucketPolicy({ readPolicy }: Pick<S3Given, "readPolicy">, bucket: string, text: string): PolicyDocument {
  if (Buffer.byteLength(text) > limits.policyBytes) throw malformedPolicy("Normalized policy document exceeds the maximum allowed size");
  const document = grammatical(readPolicy, text);
  for (const statement of listOf(document.Statement)) checkStatement(statement, bucketArn(bucket));
  return document;
}

function grammatical(readPolicy: S3Given["readPolicy"], text: string): PolicyDocument {
  try {
    return readPolicy(text);
  } catch (error) {
    if (isFault(error))
      throw malformedPolicy(
        text.trimStart().startsWith("{") ? error.message : "Policies must be valid JSON and the first byte must be '{'",
      );
    throw error;
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-bucket-policies.html */
function checkStatement(statement: PolicyStatement, arn: string): void {
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) throw malformedPolicy("Missing required field Principal");
  const actions = [...listOf(statement.Action), ...listOf(statement.NotAction)];
  if (actions.length === 0) throw malformedPolicy("Missing required field Action");
  if (actions.some((action) => action !== "*" && !/^s3:[\w*?]+$/i.test(action))) throw malformedPolicy("Policy has invalid action");
  const resources = [...listOf(statement.Resource), ...listOf(statement.NotResource)];
  if (resources.length === 0) throw malformedPolicy("Missing required field Resource");
  const isOurs = (resource: string): boolean =>
    resource === arn ||
    resource === "*" ||
    resource.startsWith(`${arn}/`) ||
    resource.startsWith("arn:aws:s3:::*") ||
    (resource.startsWith("arn:aws:s3:::") && resource.includes("*") && arn.startsWith(resource.split("*", 1)[0] as string));
  if (!resources.every(isOurs)) throw malformedPolicy("Policy has invalid resource");
  if (statement.NotResource === undefined && listOf(statement.Action).some((action) => !appliesTo(action, resources)))
    throw malformedPolicy("Action does not apply to any resource(s) in statement");
}

const isOfObjects = (action: string): boolean =>
  /^s3:(AbortMultipartUpload|ListMultipartUploadParts)$/i.test(action) || (/Object/i.test(action) && !/Bucket/i.test(action));

/** Whether an action that is named in full is of buckets or of objects, as one of the resources is. */
function appliesTo(action: string, resources: readonly string[]): boolean {
  if (/[*?]/.test(action)) return true;
  if (isOfObjects(action)) return resources.some((resource) => /[/*?]/.test(resource));
  const isOfBuckets = /Bucket/i.test(action);
  return !isOfBuckets || resources.some((resource) => !resource.includes("/") || /^[^/]*[*?]/.test(resource));
}

/** Conditions that let only known callers through, if they name no range of everybody's. */
const narrowingKeys =
  /^aws:(SourceIp|SourceArn|SourceVpc|SourceVpce|SourceOwner|SourceAccount|PrincipalArn|PrincipalAccount|PrincipalOrgID|userid|username)$/i;

/**
 * Whether a policy lets everybody do something.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
export function isPublic(document: PolicyDocument | undefined): boolean {
  return listOf(document?.Statement).some(({ Effect, Principal, NotPrincipal, Condition }) => {
    if (Effect !== "Allow") return false;
    const isEverybody =
      NotPrincipal !== undefined || Principal === "*" || (typeof Principal === "object" && listOf(Principal["AWS"]).includes("*"));
    const isNarrowed = Object.values(Condition ?? {}).some((keys) =>
      Object.entries(keys).some(
        ([key, values]) => narrowingKeys.test(key) && !listOf(values).some((value) => value === "0.0.0.0/0" || value === "*"),
      ),
    );
    return isEverybody && !isNarrowed;
  });
}
