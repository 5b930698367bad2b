import { createHash } from "node:crypto";
import type { ManagedPolicy, ManagedPolicyVersion } from "../managed-policy.ts";
import { lambdaPolicies } from "./lambda.ts";
import { servicePolicies } from "./services.ts";

/** A statement of one of AWS's policies; Allow unless it says otherwise. */
export interface AwsStatement {
  readonly Sid?: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** One of AWS's own managed policies, as data. */
export interface AwsPolicy {
  readonly name: string;
  /** Default: `/` */
  readonly path?: "/" | "/service-role/";
  readonly description: string;
  readonly statements: readonly AwsStatement[];
}

interface AwsManagedPolicy {
  readonly policy: ManagedPolicy;
  readonly version: ManagedPolicyVersion;
}

const createdAtMs = Date.parse("2015-02-06T18:40:00Z");

/** AWS's own managed policies by ARN, in one version each. */
export const awsManagedPolicies: ReadonlyMap<string, AwsManagedPolicy> = new Map(
  [...lambdaPolicies, ...servicePolicies].map((policy) => [
    `arn:aws:iam::aws:policy${policy.path ?? "/"}${policy.name}`,
    toManagedPolicy(policy),
  ]),
);

function toManagedPolicy({ name, path = "/", description, statements }: AwsPolicy): AwsManagedPolicy {
  const document = JSON.stringify({ Version: "2012-10-17", Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })) });
  return {
    policy: {
      id: idOf(name),
      accountId: "aws",
      name,
      path,
      description,
      defaultVersion: 1,
      lastVersion: 1,
      createdAtMs,
      updatedAtMs: createdAtMs,
      tags: "{}",
    },
    version: { versionNumber: 1, document, createdAtMs },
  };
}

/** Of AWS's form and the same on every server, but not the id that AWS gave it. */
function idOf(name: string): string {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const digest = createHash("sha256").update(name).digest();
  return `ANPA${[...digest.subarray(0, 17)].map((byte) => alphabet[byte % alphabet.length]).join("")}`;
}
