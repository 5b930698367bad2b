import { useState } from "react";
import { useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";
import { emptyRoleForm, fieldsOfSteps, roleProblems, type RoleField, type RoleForm } from "./role-form.ts";

/** What a field of the wizard needs. */
export interface RoleFieldProps {
  readonly form: RoleForm;
  readonly set: (change: Partial<RoleForm>) => void;
  /** What is wrong with a field, once somebody has been at it. */
  readonly problem: (field: RoleField) => string | undefined;
  readonly touch: (field: RoleField) => void;
}

/** A new role's form with what is wrong with it. */
export interface RoleFormState extends RoleFieldProps {
  /** The first step that is not filled in as it must be; undefined if all are. */
  readonly firstWrongStep: (before: number) => number | undefined;
  /** From now on a step's fields show what is wrong with them. */
  readonly showStep: (step: number) => void;
  /** The server refused the name; shown until it changes. */
  readonly refuseName: (text: string) => void;
}

/** The state of the role wizard. */
export function useRoleForm(): RoleFormState {
  const [form, setForm] = useState<RoleForm>(emptyRoleForm);
  const [touched, setTouched] = useState<ReadonlySet<RoleField>>(new Set());
  const [refusal, setRefusal] = useState<{ readonly name: string; readonly text: string }>();
  const roles = useAwsAll("iam", "ListRoles", {}, paging.ListRoles);
  const own = roleProblems(form, new Set(roles.data?.flatMap(({ RoleName }) => RoleName?.toLowerCase() ?? [])));
  const problems = refusal?.name === form.name ? { ...own, name: refusal.text } : own;
  return {
    form,
    set: (change) => setForm((now) => ({ ...now, ...change })),
    problem: (field) => (touched.has(field) ? problems[field] : undefined),
    touch: (field) => setTouched((now) => (now.has(field) ? now : new Set([...now, field]))),
    // What was refused may be accepted at the next attempt: only the form's own rules stand in its way.
    firstWrongStep: (before) => {
      const wrong = fieldsOfSteps.findIndex((fields) => fields.some((field) => own[field] !== undefined));
      return wrong === -1 || wrong >= before ? undefined : wrong;
    },
    showStep: (step) => setTouched((now) => new Set([...now, ...(fieldsOfSteps[step] ?? [])])),
    refuseName: (text) => {
      setTouched((now) => new Set([...now, "name"]));
      setRefusal({ name: form.name, text });
    },
  };
}
