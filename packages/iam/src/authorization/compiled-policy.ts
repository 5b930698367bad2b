import type { OneOrMany, PolicyDocument, PolicyStatement } from "@mayfly/kernel";
import { compileConditions, isConditionOperator, type ConditionTest } from "./conditions.ts";
import { compileNotPrincipal, compilePrincipal, type PrincipalTest } from "./principal-chain.ts";
import { compileTemplate, type KeyLookup, type TextTest } from "./template.ts";

/** What is asked of a statement, principals apart. */
export interface Question {
  /** `service:Action` */
  readonly action: string;
  readonly resource: string;
  readonly keys: KeyLookup;
}

/** A statement ready to be asked. */
export interface CompiledStatement {
  readonly effect: "Allow" | "Deny";
  /** Names whom it is about; undefined in identity policies. */
  readonly principal: PrincipalTest | undefined;
  /** Whether action, resource and conditions fit. */
  readonly applies: (question: Question) => boolean;
}

const noKeys: KeyLookup = () => undefined;

/** Compiles documents once each: they are immutable, so the result is kept for as long as the document itself lives. */
export class PolicyCompiler {
  readonly #compiled = new WeakMap<PolicyDocument, readonly CompiledStatement[]>();

  /** The document's statements. */
  statements(document: PolicyDocument): readonly CompiledStatement[] {
    const known = this.#compiled.get(document);
    if (known) return known;
    const variables = document.Version === "2012-10-17";
    const statements = asList(document.Statement).map((statement) => compileStatement(statement, variables));
    this.#compiled.set(document, statements);
    return statements;
  }
}

function compileStatement(statement: PolicyStatement, variables: boolean): CompiledStatement {
  const actions = asList(statement.Action ?? statement.NotAction).map((text) =>
    compileTemplate(text, { variables: false, wildcards: true, ignoreCase: true }),
  );
  const resources = asList(statement.Resource ?? statement.NotResource).map((text) =>
    compileTemplate(text, { variables, wildcards: true }),
  );
  const aboutEveryResource = statement.Resource === undefined && statement.NotResource === undefined;
  const conditions = compileConditionsOf(statement, variables);
  return {
    effect: statement.Effect,
    principal: compilePrincipalsOf(statement),
    applies: ({ action, resource, keys }) =>
      meets(actions, action, noKeys) === (statement.Action !== undefined) &&
      (aboutEveryResource || meets(resources, resource, keys) === (statement.Resource !== undefined)) &&
      conditions.every((condition) => condition(keys) === true),
  };
}

/** IAM takes no unknown operators; should one come from elsewhere, an Allow must not apply because of it and a Deny must. */
function compileConditionsOf(statement: PolicyStatement, variables: boolean): readonly ConditionTest[] {
  const conditions = Object.entries(statement.Condition ?? {}).filter(
    ([name]) => statement.Effect === "Allow" || isConditionOperator(name),
  );
  return compileConditions(Object.fromEntries(conditions), { variables });
}

function compilePrincipalsOf(statement: PolicyStatement): PrincipalTest | undefined {
  if (statement.Principal !== undefined) return compilePrincipal(statement.Principal);
  return statement.NotPrincipal === undefined ? undefined : compileNotPrincipal(statement.NotPrincipal, statement.Effect);
}

/** True if one fits; undefined, for a statement that is then void, if a variable has no value. */
function meets(tests: readonly TextTest[], text: string, keys: KeyLookup): boolean | undefined {
  let met: boolean | undefined = false;
  for (const test of tests) {
    const outcome = test(text, keys);
    if (outcome) return true;
    if (outcome === undefined) met = undefined;
  }
  return met;
}

function asList<T>(value: OneOrMany<T> | undefined): readonly T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly T[]) : [value as T];
}
