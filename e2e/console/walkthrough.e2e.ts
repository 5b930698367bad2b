import { GetRoleCommand, ListAttachedRolePoliciesCommand } from "@aws-sdk/client-iam";
import { GetFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "./fixtures.ts";
import { paste } from "./keyboard.ts";

const handler = `def lambda_handler(event, context):
    return {
        'statusCode': 200,
        'body': 'Hello, World!'
    }
`;

test("from the one-time link to a tested Python function", async ({ guest: page, server, aws }) => {
  await page.goto(await server.signinUrl());
  await expect(page).toHaveURL(`${server.url}/console/functions`);
  await expect(page.getByText("No functions in this region")).toBeVisible();
  await expect(page.getByRole("button", { name: "Create and run a sample" })).toBeVisible();

  await page.getByRole("link", { name: "Create function" }).first().click();
  await expect(page.getByRole("radio", { name: /Author from scratch/ })).toBeChecked();
  await page.getByRole("textbox", { name: "Function name" }).fill("HelloWorldFunction");
  await page.getByRole("button", { name: /^Runtime/ }).click();
  await page.getByRole("option", { name: /Python 3\.8/ }).click();
  await expect(page.getByRole("radio", { name: "Create a new role with basic Lambda permissions" })).toBeChecked();
  await page.getByRole("button", { name: "Create function" }).click();

  await expect(page).toHaveURL(/\/console\/functions\/HelloWorldFunction\/code/);
  await expect(page.getByText("Successfully created the function HelloWorldFunction")).toBeVisible();
  const editor = page.getByRole("textbox", { name: /lambda_function\.py/ });
  await expect(editor).toBeFocused();

  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, handler);
  await expect(page.getByText("You have undeployed changes")).toBeVisible();
  await page.getByRole("button", { name: /^Deploy/ }).click();
  await expect(page.getByText("Successfully updated the function HelloWorldFunction.")).toBeVisible();
  await expect(page.getByText("You have undeployed changes")).toBeHidden();

  await page.getByRole("tab", { name: "Test" }).click();
  await page.getByRole("textbox", { name: "Event name" }).fill("greeting");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The test event greeting was saved.")).toBeVisible();
  await page.getByRole("button", { name: "Test", exact: true }).click();

  const result = page.getByRole("region", { name: "Execution result" });
  await expect(result.getByText("Executing function: succeeded")).toBeVisible();
  await expect(result.getByLabel("Response", { exact: true })).toContainText('"body": "Hello, World!"');
  const log = result.getByLabel("Log lines", { exact: true });
  for (const word of ["START RequestId:", "END RequestId:", "REPORT RequestId:"]) await expect(log).toContainText(word);
  for (const label of ["Duration", "Billed duration", "Memory size", "Max memory used", "Init duration", "Request ID"])
    await expect(result.getByText(label, { exact: true })).toBeVisible();

  await result.getByRole("link", { name: "logs" }).click();
  await expect(page).toHaveURL(/\/console\/logs\/groups\/.*HelloWorldFunction\/streams\//);
  await expect(page.getByText(/REPORT RequestId:/).first()).toBeVisible();

  const { Role = "", State } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "HelloWorldFunction" }));
  expect(State).toBe("Active");
  const roleName = Role.split("/").at(-1) ?? "";
  expect(roleName).toMatch(/^HelloWorldFunction-role-\w{8}$/);
  await aws.iam.send(new GetRoleCommand({ RoleName: roleName }));
  const { AttachedPolicies } = await aws.iam.send(new ListAttachedRolePoliciesCommand({ RoleName: roleName }));
  expect(AttachedPolicies?.map(({ PolicyName }) => PolicyName)).toEqual(["AWSLambdaBasicExecutionRole"]);
});
