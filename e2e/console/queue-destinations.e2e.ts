import { CreateRoleCommand, GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetFunctionConfigurationCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "@mayfly/testkit";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { python } from "./test-page.ts";

const FunctionName = "told-by-queue";
const queues: Record<string, string> = {};

test.beforeAll(async ({ aws }) => {
  const Statement = [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }];
  const AssumeRolePolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  const { Role } = await aws.iam.send(new CreateRoleCommand({ RoleName: "bare-role", AssumeRolePolicyDocument }));
  const files = python("    if event.get('fails'):\n        raise ValueError('no')\n    return 'priced'");
  await makeFunction(aws, FunctionName, { files, role: Role?.Arn ?? "" });
  for (const QueueName of ["results", "dead"])
    queues[QueueName] = (await aws.sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl ?? "";
});

const invoke = (aws: Clients, event: object) =>
  aws.lambda.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload: JSON.stringify(event) }));

/** The body of the first message that comes. */
async function bodyIn({ sqs }: Clients, QueueUrl: string | undefined): Promise<string> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, VisibilityTimeout: 0 }));
  return Messages[0]?.Body ?? "";
}

test("a queue is added as a destination, with the permission that the role needs, and is told", async ({ page, server, aws }) => {
  await page.goto(`${server.url}/console/functions/${FunctionName}/monitor`);
  const diagram = page.getByRole("group", { name: "Diagram" });
  await diagram.getByRole("button", { name: "Add destination" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: /On success/ }).check();
  await dialog.getByRole("button", { name: /^Destination type/ }).click();
  await page.getByRole("option", { name: "SQS queue" }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText("Choose a queue.", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: /^Destination Choose/ }).click();
  await page.getByRole("option", { name: "results" }).click();
  const consent = dialog.getByRole("checkbox", { name: "Let the role send to the queue" });
  await consent.uncheck();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText(/does not have permissions to call SendMessage/)).toBeVisible();
  await consent.check();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(diagram.getByRole("link", { name: "results" })).toBeVisible();
  const policy = await aws.iam.send(new GetRolePolicyCommand({ RoleName: "bare-role", PolicyName: "SendToQueue-results" }));
  expect(decodeURIComponent(policy.PolicyDocument ?? "")).toContain("sqs:SendMessage");

  await invoke(aws, {});
  await expect.poll(() => bodyIn(aws, queues["results"])).toContain('"responsePayload":"priced"');
  await diagram.getByRole("link", { name: "results" }).click();
  await expect(page.getByRole("heading", { name: "results", level: 1 })).toBeVisible();
});

test("a dead-letter queue is chosen beside age and retries, gets what failed, and is taken away", async ({ page, server, aws }) => {
  const section = `${server.url}/console/functions/${FunctionName}/configuration/asynchronous`;
  await page.goto(`${section}?edit=true`);
  await page.getByRole("radio", { name: "Amazon SQS" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Choose a queue.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Dead-letter queue Choose/ }).click();
  await page.getByRole("option", { name: "dead" }).click();
  await page.getByRole("button", { name: /^Retry attempts/ }).click();
  await page.getByRole("option", { name: "0", exact: true }).click();
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(page.getByText(/aws lambda update-function-configuration/)).toContainText("--dead-letter-config");
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("link", { name: "dead", exact: true })).toBeVisible();
  await invoke(aws, { fails: true });
  await expect.poll(() => bodyIn(aws, queues["dead"])).toBe('{"fails":true}');

  await page.getByRole("button", { name: "Edit Asynchronous invocation" }).click();
  await expect(page.getByText(/The execution role bare-role may send to the queue/)).toBeVisible();
  await page.getByRole("radio", { name: "None" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.locator("dl").last()).toContainText("Dead-letter queueNone");
  const { DeadLetterConfig } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  expect(DeadLetterConfig?.TargetArn ?? "").toBe("");
});
