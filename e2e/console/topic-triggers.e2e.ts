import { GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetFunctionConfigurationCommand, GetPolicyCommand, RemovePermissionCommand } from "@aws-sdk/client-lambda";
import { CreateTopicCommand, ListSubscriptionsByTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { python } from "./test-page.ts";

const FunctionName = "reads-news";
const TopicArn = "arn:aws:sns:us-east-1:123456789012:news";
const code = "    for record in event['Records']:\n        print('heard', record['Sns']['Subject'], record['Sns']['Message'])";

test.beforeAll(async ({ aws }) => {
  await makeFunction(aws, FunctionName, { files: python(code) });
  await aws.sns.send(new CreateTopicCommand({ Name: "news" }));
});

async function publish(page: Page, message: string, kind: string): Promise<void> {
  await page.getByRole("textbox", { name: "Message body to send to the endpoint" }).fill(message);
  await page.getByRole("textbox", { name: "Value of attribute 1" }).fill(kind);
  await page.getByRole("button", { name: "Publish message" }).click();
  await expect(page.getByText("The message was published to news")).toBeVisible();
}

test("a topic is added as a trigger with a filter, runs the function with what matches, is mended and deleted", async ({
  page,
  server,
  aws,
}) => {
  await page.goto(`${server.url}/console/functions/${FunctionName}`);
  const diagram = page.getByRole("group", { name: "Diagram" });
  await diagram.getByRole("button", { name: "Add trigger" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Source/ }).click();
  await page.getByRole("option", { name: /^SNS/ }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText("Choose a topic.", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: /^SNS topic/ }).click();
  await page.getByRole("option", { name: "news" }).click();
  await dialog.getByRole("checkbox", { name: "Subscription filter policy" }).check();
  await dialog.getByRole("textbox", { name: "Filter policy (JSON)" }).fill('{"kind": ["order"]}');
  await dialog.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(dialog.getByText(/aws lambda add-permission/)).toContainText("aws sns subscribe");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(/The function's policy has the statement sns-news/)).toBeVisible();
  await expect(diagram.getByRole("link", { name: "SNS: Enabled" })).toBeVisible();
  expect((await aws.lambda.send(new GetPolicyCommand({ FunctionName }))).Policy).toContain("sns.amazonaws.com");

  await diagram.getByRole("link", { name: "news", exact: true }).click();
  await page.getByRole("link", { name: "Publish message" }).click();
  await page.getByRole("button", { name: "Publish message" }).click();
  await expect(page.getByText("A message has a body.", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: /^Subject/ }).fill("Today");
  await page.getByRole("button", { name: "Add attribute" }).click();
  await page.getByRole("textbox", { name: "Name of attribute 1" }).fill("kind");
  await publish(page, "a letter", "letter");
  await publish(page, "espresso", "order");
  await page.getByRole("link", { name: "See what becomes of it" }).click();
  await expect(page.getByRole("tab", { name: "Event trail" })).toHaveAttribute("aria-selected", "true");
  const trail = page.getByRole("table", { name: "Event trail" });
  await trail
    .getByRole("row", { name: /Delivered/ })
    .getByRole("link")
    .click();
  const steps = dialog.getByRole("table", { name: "Steps" });
  await expect(steps.getByRole("rowheader")).toHaveText(["Accepted for the receiver", "Became an asynchronous invocation"]);
  await steps.getByRole("link").click();
  await expect(page.getByRole("heading", { name: FunctionName, level: 1 })).toBeVisible();
  await expect(trail.getByRole("row", { name: /Asynchronous invocation/ })).toContainText("Handled");
  await page.goto(`${server.url}/console/logs/groups/${encodeURIComponent(`/aws/lambda/${FunctionName}`)}/events`);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("heard Today espresso").first()).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expect(page.getByText("a letter")).toHaveCount(0);

  await aws.lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: "sns-news" }));
  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/triggers`);
  const row = page.getByRole("table", { name: "Triggers" }).getByRole("row", { name: /news/ });
  await expect(row).toContainText("No permission");
  await row.getByRole("button", { name: "Fix news" }).click();
  await expect(row).toContainText("Enabled");
  await row.getByRole("button", { name: "Delete news" }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No triggers", { exact: true })).toBeVisible();
  expect((await aws.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions).toEqual([]);
  await expect(aws.lambda.send(new GetPolicyCommand({ FunctionName }))).rejects.toThrow("The resource you requested does not exist.");
});

test("a topic is told of failed events, and is chosen for dead letters; the role gets what it needs", async ({ page, server, aws }) => {
  await aws.sns.send(new CreateTopicCommand({ Name: "failures" }));
  const failures = "arn:aws:sns:us-east-1:123456789012:failures";
  await aws.sns.send(new SubscribeCommand({ TopicArn: failures, Protocol: "email-json", Endpoint: "ann@example.com" }));
  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/destinations`);
  await page.getByRole("button", { name: "Add destination" }).last().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Destination type/ }).click();
  await page.getByRole("option", { name: "SNS topic" }).click();
  await dialog.getByRole("button", { name: /^Destination Choose/ }).click();
  await page.getByRole("option", { name: "failures" }).click();
  await expect(dialog.getByRole("checkbox", { name: "Let the role publish to the topic" })).toBeChecked();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("table", { name: "Destinations" }).getByRole("link", { name: "failures" })).toBeVisible();
  const policy = await aws.iam.send(new GetRolePolicyCommand({ RoleName: "execution_role", PolicyName: "PublishToTopic-failures" }));
  expect(decodeURIComponent(policy.PolicyDocument ?? "")).toContain("sns:Publish");

  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/asynchronous?edit=true`);
  await page.getByRole("radio", { name: "Amazon SNS" }).check();
  await page.getByRole("button", { name: /^Dead-letter topic Choose/ }).click();
  await page.getByRole("option", { name: "failures" }).click();
  await page.getByRole("button", { name: /^Retry attempts/ }).click();
  await page.getByRole("option", { name: "0", exact: true }).click();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  // The diagram names the topic already: what is saved is seen by the form's end.
  await expect(page.getByRole("button", { name: "Save", exact: true })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "failures", exact: true }).last()).toBeVisible();
  expect((await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))).DeadLetterConfig?.TargetArn).toBe(failures);
});
