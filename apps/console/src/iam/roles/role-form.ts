import { tagProblem } from "../../functions/create/function-form.ts";
import type { Pair } from "../../functions/detail/configuration/pairs.ts";
import { hasErrors } from "../policy-editor/policy-problem.ts";
import { policyProblems } from "../policy-editor/policy-problems.ts";

/** Who may assume a new role. */
export type TrustChoice = "service" | "account" | "custom";

/** What somebody has typed and chosen for a new role. */
export interface RoleForm {
  readonly trust: TrustChoice;
  /** A service's principal. */
  readonly service: string;
  readonly account: "this" | "another";
  readonly accountId: string;
  readonly wantsExternalId: boolean;
  readonly externalId: string;
  /** JSON text. */
  readonly customTrust: string;
  /** ARNs of the managed policies to attach. */
  readonly policyArns: readonly string[];
  /** ARN of a managed policy; empty for none. */
  readonly boundaryArn: string;
  readonly name: string;
  readonly description: string;
  readonly tags: readonly Pair[];
}

/** The fields that can be wrong, by the wizard's steps. */
export const fieldsOfSteps = [
  ["service", "accountId", "externalId", "customTrust"],
  ["policies", "boundary"],
  ["name", "description", "tags"],
] as const;
/** One of them. */
export type RoleField = (typeof fieldsOfSteps)[number][number];
/** What is wrong, by field. */
export type RoleProblems = Readonly<Partial<Record<RoleField, string>>>;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const roleLimits = {
  nameCharacters: 64,
  descriptionCharacters: 1_000,
  attachedPolicies: 10,
  tags: 50,
  externalIdCharacters: 1_224,
} as const;

const nameRule = /^[\w+=,.@-]+$/;

/** What a new role's form begins with. */
export const emptyRoleForm: RoleForm = {
  trust: "service",
  service: "lambda.amazonaws.com",
  account: "this",
  accountId: "",
  wantsExternalId: false,
  externalId: "",
  customTrust: JSON.stringify(
    { Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }] },
    undefined,
    2,
  ),
  policyArns: [],
  boundaryArn: "",
  name: "",
  description: "",
  tags: [],
};

/**
 * Everything that is wrong with a form.
 * @param taken names of roles, in lower case: IAM tells them apart without regard to it
 */
export function roleProblems(form: RoleForm, taken: ReadonlySet<string>): RoleProblems {
  const isAccount = form.trust === "account";
  const problems: Record<RoleField, string | undefined> = {
    service: form.trust === "service" && form.service === "" ? "Choose a service." : undefined,
    accountId:
      isAccount && form.account === "another" && !/^\d{12}$/.test(form.accountId)
        ? "An account ID has 12 digits, without hyphens."
        : undefined,
    externalId: isAccount && form.wantsExternalId ? externalIdProblem(form.externalId) : undefined,
    customTrust:
      form.trust === "custom" && hasErrors(policyProblems(form.customTrust, "trust"))
        ? "Correct the errors in the trust policy."
        : undefined,
    policies:
      form.policyArns.length > roleLimits.attachedPolicies
        ? `A role can have at most ${roleLimits.attachedPolicies} managed policies; ${form.policyArns.length} are selected.`
        : undefined,
    boundary: undefined,
    name: roleNameProblem(form.name, taken),
    description: descriptionProblem(form.description),
    tags: form.tags.map(tagProblem).find((text) => text !== undefined),
  };
  return Object.fromEntries(Object.entries(problems).filter(([, text]) => text !== undefined)) as RoleProblems;
}

function externalIdProblem(text: string): string | undefined {
  const rule = /^[\w+=,.@:/-]*$/;
  if (text.length < 2 || text.length > roleLimits.externalIdCharacters)
    return `An external ID has 2 to ${roleLimits.externalIdCharacters.toLocaleString("en")} characters.`;
  return rule.test(text) ? undefined : "An external ID can contain letters, numbers and +=,.@:/-_ only.";
}

function roleNameProblem(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name === "") return "Role name is required.";
  if (!nameRule.test(name)) return "Role name is invalid. Use alphanumeric and '+=,.@-_' characters.";
  if (name.length > roleLimits.nameCharacters) return `Maximum ${roleLimits.nameCharacters} characters; this name has ${name.length}.`;
  return taken.has(name.toLowerCase()) ? `Role with name ${name} already exists.` : undefined;
}

/** What is wrong with a role's description. */
export function descriptionProblem(text: string): string | undefined {
  const most = roleLimits.descriptionCharacters;
  if (text.length > most) return `Maximum ${most} characters; this description has ${text.length}.`;
  return /^[\t\n\r -~¡-ÿ]*$/.test(text) ? undefined : "Use letters, numbers and the common punctuation of Western languages.";
}

/** The trust policy that a form asks for, as JSON text. */
export function trustPolicyOf(form: RoleForm, ownAccountId: string): string {
  if (form.trust === "custom") return form.customTrust;
  const accountId = form.account === "this" ? ownAccountId : form.accountId;
  const Statement =
    form.trust === "service"
      ? { Effect: "Allow", Principal: { Service: form.service }, Action: "sts:AssumeRole" }
      : {
          Effect: "Allow",
          Principal: { AWS: `arn:aws:iam::${accountId}:root` },
          Action: "sts:AssumeRole",
          ...(form.wantsExternalId && { Condition: { StringEquals: { "sts:ExternalId": form.externalId } } }),
        };
  return JSON.stringify({ Version: "2012-10-17", Statement: [Statement] }, undefined, 2);
}
