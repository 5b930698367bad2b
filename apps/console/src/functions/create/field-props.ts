import type { FieldName, FunctionForm } from "./function-form.ts";

/** What each part of the form is given. */
export interface FieldProps {
  readonly form: FunctionForm;
  readonly set: (change: Partial<FunctionForm>) => void;
  /** What is wrong with a field, once it has been left or Create was chosen. */
  readonly problem: (name: FieldName) => string | undefined;
  /** The field has been left. */
  readonly touch: (name: FieldName) => void;
}
