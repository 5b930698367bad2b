import type { PolicyDocument } from "@mayfly/kernel";
import { overQuota } from "./faults.ts";
import { iamLimits } from "./limits.ts";
import { policyCharacters, readPolicy } from "./policy-grammar.ts";

/** Checks a role's trust policy. @throws Fault MalformedPolicyDocument, LimitExceeded */
export function readTrustPolicy(text: string): PolicyDocument {
  const limit = iamLimits.trustPolicyCharacters;
  const document = readPolicy(text, "trust");
  if (policyCharacters(text) > limit) throw overQuota("ACLSizePerRole", limit);
  return document;
}
