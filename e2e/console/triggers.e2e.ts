import { GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { CreateQueueCommand } from "@aws-sdk/client-sqs";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { python } from "./test-page.ts";

const FunctionName = "packs-orders";
const code = "    for record in event['Records']:\n        print('packing', record['body'])\n    return {'batchItemFailures': []}";
const triggers = (page: Page) => page.getByRole("table", { name: "Triggers" });

test.beforeAll(async ({ aws }) => {
  await makeFunction(aws, FunctionName, { files: python(code) });
  for (const QueueName of ["orders", "returns", "steps.fifo"])
    await aws.sqs.send(new CreateQueueCommand({ QueueName, Attributes: QueueName.endsWith(".fifo") ? { FifoQueue: "true" } : {} }));
});

test("a queue is added as a trigger from the diagram, the role gets what it needs, and a message runs the function", async ({
  page,
  server,
  aws,
}) => {
  await page.goto(`${server.url}/console/functions/${FunctionName}`);
  await page.getByRole("button", { name: "Add trigger" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText("Choose a queue, or type its ARN.")).toBeVisible();
  await dialog.getByRole("button", { name: /^SQS queue/ }).click();
  await page.getByRole("option", { name: "orders" }).click();
  await expect(dialog.getByText(/needs sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes on it/)).toBeVisible();
  await dialog.getByRole("spinbutton", { name: "Batch size" }).fill("20");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText(/needs a window of at least 1 second/)).toBeVisible();
  await dialog.getByRole("spinbutton", { name: "Batch size" }).fill("5");
  await dialog.getByRole("checkbox", { name: "Report batch item failures" }).check();
  await dialog.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(dialog.getByText(/aws lambda create-event-source-mapping/)).toContainText(
    "--function-response-types ReportBatchItemFailures",
  );
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(/The role execution_role was given the policy PollQueue-orders/)).toBeVisible();
  const { PolicyDocument = "" } = await aws.iam.send(
    new GetRolePolicyCommand({ RoleName: "execution_role", PolicyName: "PollQueue-orders" }),
  );
  expect(decodeURIComponent(PolicyDocument)).toContain("sqs:ReceiveMessage");
  const diagram = page.getByRole("group", { name: "Diagram" });
  await expect(diagram.getByRole("link", { name: "SQS: Enabled" })).toBeVisible();

  await diagram.getByRole("link", { name: "orders", exact: true }).click();
  await page.getByRole("tab", { name: "Lambda triggers" }).click();
  await expect(page.getByRole("table", { name: "Lambda triggers" }).getByRole("row", { name: /packs-orders/ })).toContainText("Enabled");
  await page.getByRole("link", { name: "Send and receive messages" }).click();
  await page.getByRole("textbox", { name: "Message body" }).fill("espresso");
  await page.getByRole("button", { name: "Send message" }).click();
  await page.goto(`${server.url}/console/logs/groups/${encodeURIComponent(`/aws/lambda/${FunctionName}`)}/events`);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("packing espresso").first()).toBeVisible({ timeout: 3_000 });
  }).toPass();
});

test("triggers are listed with their state, disabled, enabled, edited and deleted", async ({ page, server, aws }) => {
  const mappings = async () => (await aws.lambda.send(new ListEventSourceMappingsCommand({ FunctionName }))).EventSourceMappings ?? [];
  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/triggers`);
  const row = triggers(page).getByRole("row", { name: /orders/ });
  await expect(row).toContainText("Batches of up to 5");
  await row.getByRole("button", { name: "Disable orders" }).click();
  await expect(row).toContainText("Disabled");
  await row.getByRole("button", { name: "Enable orders" }).click();
  await expect(row).toContainText("Enabled");

  await row.getByRole("button", { name: "Edit orders" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("spinbutton", { name: "Batch size" }).fill("7");
  await dialog.getByRole("spinbutton", { name: /^Maximum concurrency/ }).fill("3");
  await dialog.getByRole("checkbox", { name: "Report batch item failures" }).uncheck();
  await dialog.getByRole("button", { name: "Filter criteria - optional" }).click();
  await dialog.getByRole("button", { name: "Add filter" }).click();
  await dialog.getByRole("textbox", { name: "Pattern of filter 1" }).fill("{");
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog.getByText("A filter is a JSON object.")).toBeVisible();
  await dialog.getByRole("textbox", { name: "Pattern of filter 1" }).fill('{"body": {"kind": ["order"]}}');
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(row).toContainText("Batches of up to 7, at most 3 at once, 1 filter");
  expect(await mappings()).toMatchObject([
    { BatchSize: 7, ScalingConfig: { MaximumConcurrency: 3 }, FilterCriteria: { Filters: [{ Pattern: '{"body": {"kind": ["order"]}}' }] } },
  ]);

  await expect(row.getByRole("button", { name: "Delete orders" })).toBeEnabled();
  await row.getByRole("button", { name: "Delete orders" }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No triggers", { exact: true })).toBeVisible();
  await expect.poll(mappings).toEqual([]);
});

test("a queue is named by its ARN; one that is not there is refused in AWS's words, and the form stays", async ({ page, server }) => {
  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/triggers`);
  await page.getByRole("button", { name: "Add trigger" }).first().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("checkbox", { name: "Type the queue's ARN" }).check();
  await dialog.getByRole("textbox", { name: "SQS queue ARN" }).fill("arn:aws:sqs:us-east-1:123456789012:nowhere");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText("It was not done")).toBeVisible();
  await dialog.getByRole("textbox", { name: "SQS queue ARN" }).fill("arn:aws:sqs:us-east-1:123456789012:steps.fifo");
  await expect(dialog.getByRole("spinbutton", { name: /^Batch window/ })).toBeDisabled();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(triggers(page).getByRole("row", { name: /steps\.fifo/ })).toContainText("Enabled");
});
