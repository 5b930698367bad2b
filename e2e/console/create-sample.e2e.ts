import { DeleteFunctionCommand, GetFunctionConfigurationCommand, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "./fixtures.ts";

test("the empty list's sample is created and run", async ({ page, aws }) => {
  const { Functions = [] } = await aws.lambda.send(new ListFunctionsCommand({}));
  for (const { FunctionName } of Functions) await aws.lambda.send(new DeleteFunctionCommand({ FunctionName }));
  await page.goto(new URL("/console/functions", page.url()).href);
  const start = page.getByRole("button", { name: "Create and run a sample" });
  await expect(start).toBeVisible();
  await start.click();
  await expect(page.getByText("Executing function: succeeded")).toBeVisible();
  await expect(page.getByText('"message": "Hello Mayfly!"')).toBeVisible();
  const name = /\/functions\/(sample-[a-z0-9]{6})\/test/.exec(page.url())?.[1];
  const made = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  expect(made.Role).toContain(`:role/service-role/${name}-role-`);
});
