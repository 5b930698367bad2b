import { expect, test } from "vitest";
import { problemsOf, requestOf, type FunctionForm } from "./function-form.ts";

const form: FunctionForm = {
  name: "HelloWorld",
  runtime: "python3.8",
  architecture: "x86_64",
  roleChoice: "basic",
  roleSuffix: "1a2b3c4d",
  existingRole: "",
  roleName: "",
  templates: [],
  description: "",
  memory: "128",
  minutes: "0",
  seconds: "3",
  variables: [],
  tags: [],
};
const surroundings = { functionNames: new Set(["Taken"]), roleNames: new Set(["taken-role"]) };
const problems = (change: Partial<FunctionForm>) => problemsOf({ ...form, ...change }, surroundings);

test("a form with a name and a runtime is complete", () => {
  expect(problems({})).toEqual({});
});

test.each([
  ["", "Function name is required."],
  ["Hello World", "Function name can contain only letters, numbers, hyphens, and underscores with no spaces."],
  ["a".repeat(65), "Function name can have at most 64 characters; this one has 65."],
  ["Taken", "Function already exist: Taken"],
])("the name %j is refused", (name, text) => {
  expect(problems({ name })).toEqual({ name: text });
});

test("only the chosen role's fields are asked for", () => {
  expect(problems({ roleChoice: "existing" })).toEqual({ existingRole: "Choose an existing role." });
  expect(problems({ roleChoice: "templates", roleName: "Taken-Role" })).toEqual({
    roleName: "Role with name Taken-Role already exists.",
    templates: "Choose at least one policy template.",
  });
});

test("the figures and pairs of the additional settings are checked", () => {
  const variables = [{ key: "AWS_REGION", value: "" }];
  const tags = [{ key: "aws:x", value: "" }];
  expect(Object.keys(problems({ memory: "127", minutes: "15", seconds: "1", variables, tags }))).toEqual([
    "memory",
    "timeout",
    "variables",
    "tags",
  ]);
  expect(problems({ variables: [{ key: "LARGE", value: "x".repeat(4_096) }] }).variables).toMatch(/4096 are allowed/);
});

test("a basic role is named for the function, within IAM's 64 characters", () => {
  expect(requestOf(form).role).toEqual({ kind: "new", name: "HelloWorld-role-1a2b3c4d", policies: [] });
  const { role } = requestOf({ ...form, name: "f".repeat(64) });
  expect(role).toEqual({ kind: "new", name: `${"f".repeat(50)}-role-1a2b3c4d`, policies: [] });
});

test("policy templates become policies of the new role", () => {
  const { role } = requestOf({ ...form, roleChoice: "templates", roleName: "Poller", templates: ["sqs-poller"] });
  expect(role).toMatchObject({
    kind: "new",
    name: "Poller",
    policies: [{ document: { Statement: [{ Action: expect.arrayContaining(["sqs:ReceiveMessage"]) }] } }],
  });
});

test("the code fits the runtime's handler", () => {
  expect(requestOf(form)).toMatchObject({ handler: "lambda_function.lambda_handler", timeoutSeconds: 3 });
  expect(Object.keys(requestOf({ ...form, runtime: "nodejs22.x" }).files)).toEqual(["index.mjs"]);
  expect(Object.keys(requestOf({ ...form, runtime: "provided.al2023" }).files)).toEqual(["README.md"]);
});
