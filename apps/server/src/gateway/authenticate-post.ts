import { readPostSignature, type PostSignature } from "@mayfly/iam";
import { anonymousPrincipal } from "@mayfly/kernel";
import { malformedCredential, missingField } from "@mayfly/s3";
import { authenticationFault, type WireRequest } from "@mayfly/wire";
import type { World } from "../composition/world.ts";
import { callerOf, crossSiteRefusal, openCaller, type Caller } from "./authenticate.ts";
import { isCrossSite } from "./cross-site.ts";

/**
 * Finds out who let a form be posted to a bucket: whoever signed its policy, which may be long before. Without one it is nobody.
 * @param fields by names in lower case
 * @throws Fault
 */
export async function authenticatePost(world: World, head: WireRequest, fields: ReadonlyMap<string, string>): Promise<Caller> {
  const read = readPostSignature(fields);
  if (read.outcome === "missing-field") throw missingField(read.field);
  if (read.outcome === "malformed") throw malformedCredential(read.detail);
  const policy = fields.get("policy");
  const signature = read.outcome === "signed" ? read.signature : undefined;
  if (world.auth === "open") {
    if (isCrossSite(head.headers) && typeof (await signer(world, signature, policy)) === "string") throw crossSiteRefusal();
    return openCaller(world, head, signature && { ...signature, region: regionOf(world, signature) });
  }
  if (signature === undefined && policy === undefined)
    return callerOf(anonymousPrincipal(world.defaultAccountId), world.defaultRegion, head.body);
  const credentials = await signer(world, signature, policy);
  if (typeof credentials === "string")
    throw authenticationFault("s3", credentials === "signature-mismatch" ? { kind: credentials, message: "" } : { kind: credentials });
  const { principal, accessKeyId, tokenIssuedAtMs } = credentials;
  return {
    ...callerOf(principal, regionOf(world, signature), head.body),
    ...(accessKeyId && { accessKeyId }),
    ...(tokenIssuedAtMs && { tokenIssuedAtMs }),
  };
}

const regionOf = ({ defaultRegion }: World, signature: PostSignature | undefined): string =>
  signature?.version === 4 ? signature.region : defaultRegion;

/** Who signed a policy, or why it was nobody. */
async function signer(world: World, signature: PostSignature | undefined, policy: string | undefined) {
  if (signature === undefined || policy === undefined) return "unsigned" as const;
  const credentials = await world.credentials.resolve(signature.accessKeyId, signature.sessionToken);
  if (typeof credentials === "string") return credentials;
  return world.signatures.isPolicySigned(signature, policy, credentials.secretAccessKey) ? credentials : ("signature-mismatch" as const);
}
