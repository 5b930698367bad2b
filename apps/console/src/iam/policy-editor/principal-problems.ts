import { listOf, membersOf, type Findings, type Member, type Value } from "./policy-reader.ts";

const types = ["AWS", "Service", "Federated", "CanonicalUser"];

/** Finds what is wrong with whom a trust policy names, and warns where that is everybody. */
export function checkPrincipals(principal: Value, statement: ReadonlyMap<string, Member>, findings: Findings): void {
  if (principal.value === "*") return warnOfEverybody(principal, statement, findings);
  if (principal.type !== "object" || membersOf(principal).length === 0)
    return findings.error(principal, '"Principal" is "*" or an object such as { "Service": "lambda.amazonaws.com" }.');
  for (const { name, key, value } of membersOf(principal)) {
    if (!types.includes(name)) findings.error(key, `"${name}" is no kind of principal. Use "Service" or "AWS".`);
    else for (const one of listOf(value)) checkName(name, one, statement, findings);
    if (listOf(value).length === 0) findings.error(value, `"${name}" is empty.`);
  }
}

function checkName(type: string, value: Value, statement: ReadonlyMap<string, Member>, findings: Findings): void {
  if (value.type !== "string") return findings.error(value, `"${type}" must be a text or a list of texts.`);
  const name = String(value.value);
  if (type === "Service" && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name))
    findings.error(value, `"${name}" is no service's name, such as "lambda.amazonaws.com".`);
  if (type !== "AWS") return;
  if (name === "*") warnOfEverybody(value, statement, findings);
  else if (!isAwsPrincipal(name))
    findings.error(value, `"${name}" is neither an account's 12 digits nor the ARN of an account, a user or a role.`);
}

const isAwsPrincipal = (name: string): boolean =>
  /^\d{12}$/.test(name) ||
  /^A(ROA|IDA)[A-Z0-9]{12,}$/.test(name) ||
  /^arn:[^:]+:iam:[^:]*:\d{12}:(root|(user|role)\/[^*?]+)$/.test(name) ||
  /^arn:[^:]+:sts:[^:]*:\d{12}:(assumed-role|federated-user)\/[^*?]+$/.test(name);

function warnOfEverybody(at: Value, statement: ReadonlyMap<string, Member>, findings: Findings): void {
  if (statement.get("Effect")?.value.value === "Allow" && statement.has("Principal") && !statement.has("Condition"))
    findings.warning(at, "Everybody, of every account, may assume this role. Name whom you trust, or add a condition.");
}
