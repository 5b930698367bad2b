import { listOf, membersOf, type Findings, type Value } from "./policy-reader.ts";

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html */
const operators = new Set([
  ...["Equals", "NotEquals", "EqualsIgnoreCase", "NotEqualsIgnoreCase", "Like", "NotLike"].map((name) => `String${name}`),
  ...["Equals", "NotEquals", "Like", "NotLike"].map((name) => `Arn${name}`),
  ...["Numeric", "Date"].flatMap((type) =>
    ["Equals", "NotEquals", "LessThan", "LessThanEquals", "GreaterThan", "GreaterThanEquals"].map((name) => `${type}${name}`),
  ),
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
]);

const isOperator = (name: string): boolean => {
  const plain = name.replace(/^For(AnyValue|AllValues):/, "");
  return plain === "Null" || operators.has(plain.replace(/IfExists$/, ""));
};

/** Finds what is wrong with a statement's conditions. */
export function checkConditions(conditions: Value, findings: Findings): void {
  if (conditions.type !== "object") return findings.error(conditions, '"Condition" is a JSON object: { "StringEquals": { ... } }.');
  for (const { name, key, value } of membersOf(conditions)) {
    if (!isOperator(name)) findings.error(key, `"${name}" is no condition operator. "StringEquals" and "StringLike" are the usual ones.`);
    else if (value.type !== "object") findings.error(value, `"${name}" holds an object: { "aws:PrincipalTag/team": "blue" }.`);
    else for (const { name: conditionKey, value: values } of membersOf(value)) checkValues(conditionKey, values, findings);
  }
}

function checkValues(conditionKey: string, values: Value, findings: Findings): void {
  for (const one of listOf(values)) {
    if (!["string", "number", "boolean"].includes(one.type))
      findings.error(one, `"${conditionKey}" is compared with a text, a number, true or false, or a list of them.`);
  }
}
