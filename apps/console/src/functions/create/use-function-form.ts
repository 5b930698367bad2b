import { useState } from "react";
import { useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";
import type { FieldProps } from "./field-props.ts";
import { fieldNames, problemsOf, type FieldName, type FieldProblems, type FunctionForm } from "./function-form.ts";
import { functionDefaults } from "./creation-request.ts";
import { randomLetters } from "./random-name.ts";

/** A form with what is wrong with it. */
export interface FunctionFormState extends FieldProps {
  readonly isValid: boolean;
  /** From now on every field shows what is wrong with it. */
  readonly showAll: () => void;
  /** The server refused a field's content; shown until the content changes. */
  readonly refuse: (name: FieldName, text: string) => void;
}

const emptyForm = (): FunctionForm => ({
  name: "",
  runtime: "",
  architecture: "x86_64",
  roleChoice: "basic",
  roleSuffix: randomLetters(8),
  existingRole: "",
  roleName: "",
  templates: [],
  description: "",
  memory: String(functionDefaults.memoryMb),
  minutes: "0",
  seconds: String(functionDefaults.timeoutSeconds),
  variables: [],
  tags: [],
});

interface Refusal {
  readonly field: FieldName;
  readonly text: string;
  /** What was refused. */
  readonly form: FunctionForm;
}

const formField: Readonly<Partial<Record<FieldName, keyof FunctionForm>>> = {
  name: "name",
  roleName: "roleName",
  existingRole: "existingRole",
  runtime: "runtime",
};

/**
 * The state of a form for a new function, checked against the functions and roles that there are.
 * @param defaultRuntime stands until another is chosen; empty while it is not known
 * @param given what the form begins with beyond the defaults
 */
export function useFunctionForm(defaultRuntime: string, given?: () => Partial<FunctionForm>): FunctionFormState {
  const [typed, setForm] = useState<FunctionForm>(() => ({ ...emptyForm(), ...given?.() }));
  const form = typed.runtime === "" ? { ...typed, runtime: defaultRuntime } : typed;
  const [touched, setTouched] = useState<ReadonlySet<FieldName>>(new Set());
  const [refusal, setRefusal] = useState<Refusal>();
  const functions = useAwsAll("lambda", "ListFunctions", {}, paging.ListFunctions);
  const roles = useAwsAll("iam", "ListRoles", {}, paging.ListRoles);
  const own = problemsOf(form, {
    functionNames: new Set(functions.data?.flatMap(({ FunctionName }) => FunctionName ?? [])),
    roleNames: new Set(roles.data?.flatMap(({ RoleName }) => RoleName?.toLowerCase() ?? [])),
  });
  const problems: FieldProblems = refusal && isStillSo(refusal, form) ? { ...own, [refusal.field]: refusal.text } : own;
  return {
    form,
    set: (change) => setForm((now) => ({ ...now, ...change })),
    problem: (name) => (touched.has(name) ? problems[name] : undefined),
    touch: (name) => setTouched((now) => (now.has(name) ? now : new Set([...now, name]))),
    // What was refused may be accepted at the next attempt: only the form's own rules stand in its way.
    isValid: Object.keys(own).length === 0,
    showAll: () => setTouched(new Set(fieldNames)),
    refuse: (field, text) => {
      setTouched(new Set(fieldNames));
      setRefusal({ field, text, form });
    },
  };
}

function isStillSo({ field, form: refused }: Refusal, form: FunctionForm): boolean {
  const key = formField[field];
  return key === undefined ? refused === form : refused[key] === form[key];
}
