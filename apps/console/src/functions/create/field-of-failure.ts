import { problemOf } from "../../api/problem.ts";
import type { StepReport } from "./creation-plan.ts";
import { stepIds } from "./creation-steps.ts";
import type { FieldName, FunctionForm } from "./function-form.ts";

/** The field that a failed step speaks of; undefined if it speaks of none. */
export function fieldOfFailure({ id, error }: StepReport, { roleChoice }: FunctionForm): FieldName | undefined {
  const { code, message } = problemOf(error);
  if (id === stepIds.role) return code.startsWith("EntityAlreadyExists") && roleChoice === "templates" ? "roleName" : undefined;
  if (id !== stepIds.function) return undefined;
  if (code === "ResourceConflictException") return "name";
  if (code !== "InvalidParameterValueException" && code !== "ValidationException") return undefined;
  if (/\brole\b/i.test(message)) return roleChoice === "existing" ? "existingRole" : undefined;
  if (/'functionName'/.test(message)) return "name";
  if (/runtime/i.test(message)) return "runtime";
  if (/environment/i.test(message)) return "variables";
  if (/tag/i.test(message)) return "tags";
  return undefined;
}
