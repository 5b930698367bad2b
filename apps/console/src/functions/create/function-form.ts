import { variableKeyProblem, variablesBytes } from "../detail/configuration/environment-rules.ts";
import { limits, numberProblem } from "../detail/configuration/limits.ts";
import { recordOf, type Pair } from "../detail/configuration/pairs.ts";
import type { CreationRequest, RoleRequest } from "./creation-request.ts";
import { roleNameFor } from "./random-name.ts";
import { policyTemplates } from "./policy-templates.ts";
import { starterCodeOf } from "./starter-code.ts";

/** Which role the function gets, as AWS words the choices. */
export type RoleChoice = "basic" | "existing" | "templates";

/** What somebody has typed and chosen. */
export interface FunctionForm {
  readonly name: string;
  readonly runtime: string;
  readonly architecture: "x86_64" | "arm64";
  readonly roleChoice: RoleChoice;
  /** Eight letters of the new role's name. */
  readonly roleSuffix: string;
  readonly existingRole: string;
  readonly roleName: string;
  readonly templates: readonly string[];
  readonly description: string;
  readonly memory: string;
  readonly minutes: string;
  readonly seconds: string;
  readonly variables: readonly Pair[];
  readonly tags: readonly Pair[];
}

/** The fields that can be wrong, in the order in which they stand on the page. */
export const fieldNames = [
  "name",
  "runtime",
  "existingRole",
  "roleName",
  "templates",
  "description",
  "memory",
  "timeout",
  "variables",
  "tags",
] as const;
/** One of them. */
export type FieldName = (typeof fieldNames)[number];
/** What is wrong, by field. */
export type FieldProblems = Readonly<Partial<Record<FieldName, string>>>;

const nameRule = /^[A-Za-z0-9_-]+$/;
const roleNameRule = /^[\w+=,.@-]+$/;
const longestName = 64;

/** What is known of other things that a form may clash with. */
export interface Surroundings {
  readonly functionNames: ReadonlySet<string>;
  /** In lower case: IAM tells role names apart without regard to it. */
  readonly roleNames: ReadonlySet<string>;
}

/** Everything that is wrong with a form. */
export function problemsOf(form: FunctionForm, { functionNames, roleNames }: Surroundings): FieldProblems {
  const problems: Record<FieldName, string | undefined> = {
    name: nameProblem(form.name, functionNames),
    runtime: form.runtime === "" ? "Choose a runtime." : undefined,
    existingRole: form.roleChoice === "existing" && form.existingRole === "" ? "Choose an existing role." : undefined,
    roleName: form.roleChoice === "templates" ? roleNameProblem(form.roleName, roleNames) : undefined,
    templates: form.roleChoice === "templates" && form.templates.length === 0 ? "Choose at least one policy template." : undefined,
    description:
      form.description.length > limits.descriptionCharacters ? `Use at most ${limits.descriptionCharacters} characters.` : undefined,
    memory: numberProblem(form.memory, "Memory", limits.memoryMb, "MB"),
    timeout: numberProblem(String(timeoutSeconds(form)), "Timeout", limits.timeoutSeconds, "seconds"),
    variables: variablesProblem(form.variables),
    tags: firstProblem(form.tags, tagProblem),
  };
  return Object.fromEntries(Object.entries(problems).filter(([, text]) => text !== undefined)) as FieldProblems;
}

function nameProblem(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name === "") return "Function name is required.";
  if (!nameRule.test(name)) return "Function name can contain only letters, numbers, hyphens, and underscores with no spaces.";
  if (name.length > longestName) return `Function name can have at most ${longestName} characters; this one has ${name.length}.`;
  if (taken.has(name)) return `Function already exist: ${name}`;
  return undefined;
}

function roleNameProblem(name: string, taken: ReadonlySet<string>): string | undefined {
  if (name === "") return "Role name is required.";
  if (!roleNameRule.test(name)) return "Use only letters, numbers, and the characters +=,.@-_ with no spaces.";
  if (name.length > longestName) return `Role name can have at most ${longestName} characters; this one has ${name.length}.`;
  if (taken.has(name.toLowerCase())) return `Role with name ${name} already exists.`;
  return undefined;
}

function variablesProblem(variables: readonly Pair[]): string | undefined {
  const bytes = variablesBytes(recordOf(variables));
  if (bytes > limits.environmentBytes) return `The variables take ${bytes} bytes; ${limits.environmentBytes} are allowed.`;
  return firstProblem(variables, variableKeyProblem);
}

/** What is wrong with a tag's key. */
export function tagProblem({ key }: Pair, index: number, all: readonly Pair[]): string | undefined {
  if (key === "") return "A tag needs a key.";
  if (key.toLowerCase().startsWith("aws:")) return "Keys that begin with aws: are reserved.";
  if (key.length > 128) return "A key can have at most 128 characters.";
  return all.findIndex((pair) => pair.key === key) < index ? "There is a tag of this key already." : undefined;
}

function firstProblem(pairs: readonly Pair[], problemOf: (pair: Pair, index: number, all: readonly Pair[]) => string | undefined) {
  return pairs.map(problemOf).find((text) => text !== undefined);
}

/** The timeout as one figure. */
const timeoutSeconds = ({ minutes, seconds }: FunctionForm): number => Number(minutes) * 60 + Number(seconds);

/** The name of the role that will be made; undefined if an existing one is used. */
export function newRoleName(form: FunctionForm): string | undefined {
  if (form.roleChoice === "existing") return undefined;
  return form.roleChoice === "templates" ? form.roleName : roleNameFor(form.name, form.roleSuffix);
}

function roleOf(form: FunctionForm): RoleRequest {
  const name = newRoleName(form);
  if (name === undefined) return { kind: "existing", arn: form.existingRole };
  const chosen = form.roleChoice === "templates" ? policyTemplates.filter(({ id }) => form.templates.includes(id)) : [];
  return { kind: "new", name, policies: chosen.map(({ policyName, document }) => ({ name: policyName, document })) };
}

/** What a form asks for. */
export function requestOf(form: FunctionForm): CreationRequest {
  return {
    functionName: form.name,
    runtime: form.runtime,
    ...starterCodeOf(form.runtime),
    architecture: form.architecture,
    description: form.description,
    memoryMb: Number(form.memory),
    timeoutSeconds: timeoutSeconds(form),
    variables: recordOf(form.variables),
    tags: recordOf(form.tags),
    role: roleOf(form),
  };
}
