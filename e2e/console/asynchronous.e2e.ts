import { FilterLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetFunctionEventInvokeConfigCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { python } from "./test-page.ts";

const FunctionName = "queued";
const section = (url: string, id: string): string => `${url}/console/functions/${FunctionName}/configuration/${id}`;

test.beforeAll(async ({ aws }) => {
  const Statement = [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const { Role } = await aws.iam.send(new CreateRoleCommand({ RoleName: "bare-role", AssumeRolePolicyDocument }));
  const files = python("    time.sleep(event.get('seconds', 0))\n    return 'priced'");
  await Promise.all([
    makeFunction(aws, FunctionName, { files, role: Role?.Arn ?? "", timeoutSeconds: 30 }),
    makeFunction(aws, "told", { files: python("    print('TOLD', event['requestContext']['condition'], event['responsePayload'])") }),
  ]);
});

test("age and retries are checked at the field, shown as a command and saved", async ({ page, server, aws }) => {
  await page.goto(section(server.url, "asynchronous"));
  await expect(page.getByText("6 h", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Edit Asynchronous invocation" }).click();
  await page.getByRole("spinbutton", { name: "Maximum age, minutes" }).fill("0");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(/must be between 60 and 21600 seconds/)).toBeVisible();
  await page.getByRole("spinbutton", { name: "Maximum age, minutes" }).fill("5");
  await page.getByRole("button", { name: /^Retry attempts/ }).click();
  await page.getByRole("option", { name: "0", exact: true }).click();
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(page.getByText(/aws lambda put-function-event-invoke-config/)).toContainText("--maximum-event-age-in-seconds 300");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("5 min 0 s")).toBeVisible();
  const config = await aws.lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
  expect(config).toMatchObject({ MaximumEventAgeInSeconds: 300, MaximumRetryAttempts: 0 });
});

test("events in the queue are counted, with the oldest one's age", async ({ page, server, aws }) => {
  for (let count = 0; count < 2; count++)
    await aws.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: '{"seconds":25}' }));
  await page.goto(section(server.url, "asynchronous"));
  const figures = page.locator("dl").last();
  await expect(figures).toContainText("Events in the queue2");
  await expect(figures.locator("time")).toHaveText(/ago|now/);
});

test("a destination is added from the diagram, with the permission that the role needs, and is told", async ({ page, server, aws }) => {
  await page.goto(`${server.url}/console/functions/${FunctionName}/monitor`);
  const diagram = page.getByRole("group", { name: "Diagram" });
  await diagram.getByRole("button", { name: "Add destination" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /On success/ }).check();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText("Choose a function.", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: /^Destination Choose/ }).click();
  await page.getByRole("option", { name: "told" }).click();
  await expect(dialog.getByText(/inline policy InvokeDestination-told/)).toBeVisible();
  await dialog.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(dialog.getByText(/aws iam put-role-policy/)).toContainText("--role-name bare-role");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(diagram.getByRole("link", { name: "told" })).toBeVisible();
  const policy = await aws.iam.send(new GetRolePolicyCommand({ RoleName: "bare-role", PolicyName: "InvokeDestination-told" }));
  expect(decodeURIComponent(policy.PolicyDocument ?? "")).toContain(":function:told");

  await aws.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: "{}" }));
  const logGroupName = "/aws/lambda/told";
  const told = async (): Promise<string> => {
    const answer = aws.logs.send(new FilterLogEventsCommand({ logGroupName, filterPattern: "TOLD" }));
    return (await answer.catch(() => undefined))?.events?.[0]?.message ?? "";
  };
  await expect.poll(told).toContain("TOLD Success priced");
});

test("the role is known to have the permission; a destination is removed, the other settings stay", async ({ page, server, aws }) => {
  await page.goto(section(server.url, "destinations"));
  const table = page.getByRole("table", { name: "Destinations" });
  await expect(table.getByRole("row", { name: /On success/ })).toContainText("told");
  await page.getByRole("button", { name: "Add destination" }).last().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Destination Choose/ }).click();
  await page.getByRole("option", { name: "told" }).click();
  await expect(dialog.getByText(/The execution role bare-role may invoke it/)).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await table.getByRole("button", { name: "Remove On success" }).click();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(page.getByText("No destinations", { exact: true })).toBeVisible();
  const config = await aws.lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
  expect([config.DestinationConfig?.OnSuccess, config.MaximumRetryAttempts]).toEqual([{}, 0]);
});
