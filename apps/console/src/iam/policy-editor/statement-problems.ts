import { checkConditions } from "./condition-problems.ts";
import type { PolicyKind } from "./policy-problem.ts";
import { listOf, type Findings, type Member, type Value } from "./policy-reader.ts";
import { checkPrincipals } from "./principal-problems.ts";
import { uniqueMembers } from "./unique-members.ts";

type Members = ReadonlyMap<string, Member>;

const elements = ["Sid", "Effect", "Principal", "NotPrincipal", "Action", "NotAction", "Resource", "NotResource", "Condition"];

/** Finds what is wrong with one statement. */
export function checkStatement(statement: Value, kind: PolicyKind, findings: Findings): void {
  if (statement.type !== "object") return findings.error(statement, "A statement is a JSON object: { ... }.");
  const members = uniqueMembers(statement, elements, "a statement", findings);
  checkSid(members, kind, findings);
  checkEffect(statement, members, findings);
  for (const name of ["Principal", "Action", "Resource"]) {
    const not = members.get(`Not${name}`);
    if (not && members.has(name)) findings.error(not.key, `A statement has "${name}" or "Not${name}", not both.`);
  }
  if (kind === "trust") checkTrust(statement, members, findings);
  else checkIdentity(statement, members, findings);
  const condition = members.get("Condition");
  if (condition) checkConditions(condition.value, findings);
}

function checkSid(members: Members, kind: PolicyKind, findings: Findings): void {
  const sid = members.get("Sid")?.value;
  if (!sid) return;
  if (sid.type !== "string") findings.error(sid, '"Sid" must be a text.');
  else if (kind === "identity" && !/^[0-9A-Za-z]*$/.test(String(sid.value)))
    findings.error(sid, '"Sid" can contain only letters and numbers, without spaces.');
}

function checkEffect(statement: Value, members: Members, findings: Findings): void {
  const effect = members.get("Effect")?.value;
  if (!effect) findings.error(start(statement), '"Effect" is missing: "Allow" or "Deny".');
  else if (effect.value !== "Allow" && effect.value !== "Deny")
    findings.error(effect, '"Effect" must be "Allow" or "Deny", with a capital letter.');
}

function checkIdentity(statement: Value, members: Members, findings: Findings): void {
  for (const name of ["Principal", "NotPrincipal"]) {
    const principal = members.get(name);
    if (principal)
      findings.error(principal.key, `"${name}" can't stand here: the policy applies to the users and roles that it is attached to.`);
  }
  const actions = textsOf(statement, members, "Action", "what is allowed or denied", findings);
  for (const action of actions) {
    if (!/^(\*|[^:\s]+:[^:\s]+)$/.test(String(action.value)))
      findings.error(action, `"${String(action.value)}" must name its service before a colon, such as "s3:GetObject".`);
  }
  const resources = textsOf(statement, members, "Resource", "what the actions apply to", findings);
  for (const resource of resources) {
    if (!/^(arn:.+|[*?]+)$/.test(String(resource.value))) findings.error(resource, `"${String(resource.value)}" must be an ARN or "*".`);
  }
  if (members.get("Effect")?.value.value === "Allow" && !members.has("Condition")) warnOfWideAccess(members, actions, resources, findings);
}

function warnOfWideAccess(members: Members, actions: readonly Value[], resources: readonly Value[], findings: Findings): void {
  const notAction = members.get("NotAction");
  if (notAction) findings.warning(notAction.key, '"NotAction" with "Allow" allows every action that is not named, of every service.');
  if (!members.has("Resource") || !resources.some(({ value }) => value === "*")) return;
  const all = members.has("Action") ? actions.find(({ value }) => value === "*") : undefined;
  if (all) findings.warning(all, "This allows every action on every resource.");
  const passRole = actions.find(({ value }) => /^iam:(passrole|\*)$/i.test(String(value)));
  if (passRole && members.has("Action"))
    findings.warning(passRole, 'This lets any role be passed to a service, with all that the role may do. Name the roles in "Resource".');
}

function checkTrust(statement: Value, members: Members, findings: Findings): void {
  for (const name of ["Resource", "NotResource"]) {
    const resource = members.get(name);
    if (resource) findings.error(resource.key, `"${name}" can't stand here: a trust policy applies to its own role.`);
  }
  const principal = members.get("Principal") ?? members.get("NotPrincipal");
  if (principal) checkPrincipals(principal.value, members, findings);
  else findings.error(start(statement), '"Principal" is missing: who may assume the role.');
  for (const action of textsOf(statement, members, "Action", "how the role is assumed", findings)) {
    if (!/^sts:[^:\s]+$/i.test(String(action.value)))
      findings.error(action, `"${String(action.value)}" is no action of a trust policy. Use "sts:AssumeRole".`);
  }
}

/** The texts of `Action` or `NotAction`, `Resource` or `NotResource`. */
function textsOf(statement: Value, members: Members, name: string, what: string, findings: Findings): readonly Value[] {
  const member = members.get(name) ?? members.get(`Not${name}`);
  if (!member) {
    findings.error(start(statement), `"${name}" is missing: ${what}.`);
    return [];
  }
  const values = listOf(member.value);
  if (values.length === 0) findings.error(member.value, `"${member.name}" is empty.`);
  for (const value of values) if (value.type !== "string") findings.error(value, `"${member.name}" must be a text or a list of texts.`);
  return values.filter(({ type }) => type === "string");
}

const start = ({ offset }: Value): { readonly offset: number; readonly length: number } => ({ offset, length: 1 });
