import { expect, test } from "vitest";
import { firstPermission, permissionsOf, problemsOf } from "./permission-form.ts";

const named = { ...firstPermission, statementId: "id" };

test("a service's permission is narrowed down to what was given", () => {
  const fields = { ...named, service: "s3.amazonaws.com", sourceArn: "arn:aws:s3:::b", sourceAccount: "" };
  expect(permissionsOf(fields)).toEqual([
    { StatementId: "id", Action: "lambda:InvokeFunction", Principal: "s3.amazonaws.com", SourceArn: "arn:aws:s3:::b" },
  ]);
});

test("a function URL that is open to everybody takes two statements", () => {
  expect(permissionsOf({ ...named, kind: "url", authType: "NONE" })).toEqual([
    { StatementId: "id", Action: "lambda:InvokeFunctionUrl", Principal: "*", FunctionUrlAuthType: "NONE" },
    { StatementId: "id-invoke", Action: "lambda:InvokeFunction", Principal: "*", InvokedViaFunctionUrl: true },
  ]);
});

test.each([
  [{ ...named, kind: "account" as const, principal: "12" }, "principal"],
  [{ ...named, sourceAccount: "12" }, "sourceAccount"],
  [{ ...named, sourceArn: "bucket" }, "sourceArn"],
  [{ ...named, statementId: "a b" }, "statementId"],
])("what is wrong is told at its field", (fields, field) => {
  const wrong = Object.entries(problemsOf(fields)).filter(([, problem]) => problem !== undefined);
  expect(wrong.map(([name]) => name)).toEqual([field]);
});

test("a URL that is open to everybody needs no principal", () => {
  expect(Object.values(problemsOf({ ...named, kind: "url", authType: "NONE" })).every((problem) => problem === undefined)).toBe(true);
});
