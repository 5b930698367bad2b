import { GetFunctionConfigurationCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import { openCreate } from "./create-page.ts";
import { expect, test } from "./fixtures.ts";

test("a Python 3.8 function with a new basic role is created and answers", async ({ page, aws }) => {
  await openCreate(page);
  await expect(page.getByRole("radio", { name: "Author from scratch" })).toBeChecked();
  await expect(page.getByRole("radio", { name: "Create a new role with basic Lambda permissions" })).toBeChecked();
  await page.getByLabel("Function name").fill("HelloWorld");
  await page.getByRole("button", { name: /^Runtime/ }).click();
  await page.getByRole("option", { name: /Python 3\.8/ }).click();
  await expect(page.getByRole("list", { name: "What will be created" })).toContainText(/HelloWorld-role-[a-z0-9]{8}/);
  await page.getByRole("button", { name: "Create function" }).click();
  await expect(page).toHaveURL(/\/functions\/HelloWorld\/code/);
  await expect(page.getByText("Successfully created the function HelloWorld.")).toBeVisible();

  const created = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "HelloWorld" }));
  expect(created).toMatchObject({
    Runtime: "python3.8",
    Handler: "lambda_function.lambda_handler",
    MemorySize: 128,
    Timeout: 3,
    State: "Active",
  });
  expect(created.Role).toMatch(/:role\/service-role\/HelloWorld-role-[a-z0-9]{8}$/);
  const roleName = created.Role?.split("/").at(-1) ?? "";
  const { AttachedPolicies } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: roleName }));
  expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(["AWSLambdaBasicExecutionRole"]);
  const { Payload } = await aws.lambda.send(new InvokeCommand({ FunctionName: "HelloWorld" }));
  expect(JSON.parse(new TextDecoder().decode(Payload))).toEqual({ statusCode: 200, body: '"Hello from Lambda!"' });
});
