import { parseArn, type PolicyDocument } from "@mayfly/kernel";
import { isConditionOperator } from "./authorization/index.ts";
import { malformedPolicy } from "./faults.ts";

/** `identity`: a user's or role's permissions. `trust`: who may assume a role. `resource`: who may use what the policy is attached to. */
export type PolicyUse = "identity" | "trust" | "resource";

type Element = Readonly<Record<string, unknown>>;

const syntaxError = () => malformedPolicy("Syntax errors in policy.");
const documentElements = new Set(["Version", "Id", "Statement"]);
const statementElements = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);
const principalTypes = new Set(["AWS", "Service", "Federated", "CanonicalUser"]);

/**
 * Reads a policy, holding it to the grammar.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * @throws Fault MalformedPolicyDocument
 */
export function readPolicy(text: string, use: PolicyUse): PolicyDocument {
  const document = parseJson(text);
  if (!isObject(document) || !onlyHas(document, documentElements)) throw syntaxError();
  checkVersion(document["Version"], use);
  if (document["Id"] !== undefined && typeof document["Id"] !== "string") throw syntaxError();
  const statements = asArray(document["Statement"]);
  if (document["Statement"] === undefined || statements.length === 0) throw syntaxError();
  const ids = statements.map((statement) => checkStatement(statement, use)).filter((id) => id !== undefined && id !== "");
  if (new Set(ids).size < ids.length) throw malformedPolicy("Statement IDs (SID) in a single policy must be unique.");
  return document as unknown as PolicyDocument;
}

/** A policy's length as IAM's quotas count it: without white space. */
export const policyCharacters = (text: string): number => text.replaceAll(/\s/g, "").length;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedPolicy("This policy contains invalid Json");
  }
}

function checkVersion(version: unknown, use: PolicyUse): void {
  if (version === "2012-10-17") return;
  if (version !== undefined && version !== "2008-10-17") throw malformedPolicy("The policy must contain a valid version string.");
  if (use === "identity") throw malformedPolicy("Policy document must be version 2012-10-17 or greater.");
}

/** @returns the statement's Sid */
function checkStatement(statement: unknown, use: PolicyUse): string | undefined {
  if (!isObject(statement) || !onlyHas(statement, statementElements)) throw syntaxError();
  const { Sid, Effect, Condition } = statement;
  if (Effect !== "Allow" && Effect !== "Deny") throw syntaxError();
  if (Sid !== undefined && typeof Sid !== "string") throw syntaxError();
  if (use === "identity" && Sid !== undefined && !/^[0-9A-Za-z]*$/.test(Sid)) {
    throw malformedPolicy("Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*");
  }
  for (const name of ["Principal", "Action", "Resource"]) {
    if (statement[name] !== undefined && statement[`Not${name}`] !== undefined) throw syntaxError();
  }
  if (Condition !== undefined) checkConditions(Condition);
  statementChecks[use](statement);
  return Sid;
}

const statementChecks: Readonly<Record<PolicyUse, (statement: Element) => void>> = {
  identity: checkIdentityStatement,
  trust: checkTrustStatement,
  resource: checkResourceStatement,
};

function checkIdentityStatement(statement: Element): void {
  if ("Principal" in statement || "NotPrincipal" in statement) throw malformedPolicy("Policy document should not specify a principal.");
  checkActions(statement);
  for (const resource of textsOf(statement["Resource"] ?? statement["NotResource"], "Policy statement must contain resources.")) {
    if (resource !== "*" && !/^arn:.+/.test(resource) && !/^[*?]+$/.test(resource))
      throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`);
  }
}

function checkResourceStatement(statement: Element): void {
  const principal = statement["Principal"] ?? statement["NotPrincipal"];
  if (principal === undefined) throw malformedPolicy("Missing required field Principal");
  if (principal !== "*") checkPrincipals(principal);
  checkActions(statement);
  const resource = statement["Resource"] ?? statement["NotResource"];
  if (resource !== undefined) textsOf(resource, "Policy statement must contain resources.");
}

function checkActions(statement: Element): void {
  for (const action of textsOf(statement["Action"] ?? statement["NotAction"], "Policy statement must contain actions.")) {
    if (action !== "*" && !/^[^:\s]+:[^:\s]+$/.test(action))
      throw malformedPolicy("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.");
  }
}

function checkTrustStatement(statement: Element): void {
  for (const field of ["Resource", "NotResource"]) if (field in statement) throw malformedPolicy(`Has prohibited field ${field}`);
  const principal = statement["Principal"] ?? statement["NotPrincipal"];
  if (principal === undefined) throw malformedPolicy("Missing required field Principal");
  if (principal !== "*") checkPrincipals(principal);
  for (const action of textsOf(statement["Action"] ?? statement["NotAction"], "Missing required field Action")) {
    if (!/^sts:[^:\s]+$/i.test(action)) throw malformedPolicy("AssumeRole policy may only specify STS AssumeRole actions.");
  }
}

function checkPrincipals(principal: unknown): void {
  if (!isObject(principal) || Object.keys(principal).length === 0 || !onlyHas(principal, principalTypes)) throw syntaxError();
  for (const [type, names] of Object.entries(principal)) {
    for (const name of textsOf(names, "Syntax errors in policy.")) {
      if (!isPrincipalName(type, name)) throw malformedPolicy(`Invalid principal in policy: "${type}":"${name}"`);
    }
  }
}

function isPrincipalName(type: string, name: string): boolean {
  if (type === "Service") return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name);
  if (type !== "AWS") return name !== "";
  if (name === "*" || /^\d{12}$/.test(name) || /^A(ROA|IDA)[A-Z0-9]{12,}$/.test(name)) return true;
  const arn = parseArn(name);
  if (arn === undefined || !/^\d{12}$/.test(arn.accountId)) return false;
  return arn.service === "iam"
    ? /^(root|(user|role)\/[^*?]+)$/.test(arn.resource)
    : /^(assumed-role|federated-user)\/[^*?]+$/.test(arn.resource);
}

function checkConditions(conditions: unknown): void {
  if (!isObject(conditions)) throw syntaxError();
  for (const [operator, block] of Object.entries(conditions)) {
    if (!isConditionOperator(operator) || !isObject(block)) throw syntaxError();
    for (const values of Object.values(block)) {
      const scalars = asArray(values).every((value) => ["string", "number", "boolean"].includes(typeof value));
      if (!scalars) throw syntaxError();
    }
  }
}

function textsOf(value: unknown, whenMissing: string): readonly string[] {
  if (value === undefined) throw malformedPolicy(whenMissing);
  const texts = asArray(value);
  if (texts.length === 0) throw malformedPolicy(whenMissing);
  if (!texts.every((text) => typeof text === "string")) throw syntaxError();
  return texts;
}

const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
const isObject = (value: unknown): value is Element => typeof value === "object" && value !== null && !Array.isArray(value);
const onlyHas = (value: Element, names: ReadonlySet<string>): boolean => Object.keys(value).every((name) => names.has(name));
