import type { Checked, InputOf, PolicyConditions, PolicyPrincipal, PolicyStatement } from "@mayfly/kernel";

type Input = Checked<InputOf<"lambda", "AddPermission">>;

/** Condition operator and key of each member of AddPermission that narrows a permission down. The letter case is AWS's. */
const conditionOf = {
  FunctionUrlAuthType: ["StringEquals", "lambda:FunctionUrlAuthType"],
  EventSourceToken: ["StringEquals", "lambda:EventSourceToken"],
  PrincipalOrgID: ["StringEquals", "aws:PrincipalOrgID"],
  SourceAccount: ["StringEquals", "AWS:SourceAccount"],
  SourceArn: ["ArnLike", "AWS:SourceArn"],
  InvokedViaFunctionUrl: ["Bool", "lambda:InvokedViaFunctionUrl"],
} as const;

/**
 * The statement that a permission becomes.
 * @param resource ARN as the caller qualified it
 */
export function statementOf(input: Input, principal: PolicyPrincipal, resource: string): PolicyStatement {
  const conditions = conditionsOf(input);
  return {
    Sid: input.StatementId,
    Effect: "Allow",
    Principal: principal,
    Action: input.Action,
    Resource: resource,
    ...(Object.keys(conditions).length > 0 && { Condition: conditions }),
  };
}

function conditionsOf(input: Input): PolicyConditions {
  const conditions: Record<string, Record<string, string>> = {};
  for (const [member, [operator, key]] of Object.entries(conditionOf)) {
    const value = input[member as keyof typeof conditionOf];
    if (value === undefined) continue;
    conditions[operator] ??= {};
    conditions[operator][key] = String(value);
  }
  return conditions;
}
