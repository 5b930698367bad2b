import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListTagsForResourceCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "@mayfly/testkit";
import { expect, test } from "./fixtures.ts";

const topicsPath = "/console/sns/topics";
const arnOf = (name: string): string => `arn:aws:sns:us-east-1:123456789012:${name}`;

async function attributesOf({ sns }: Clients, name: string): Promise<Record<string, string>> {
  return (await sns.send(new GetTopicAttributesCommand({ TopicArn: arnOf(name) }))).Attributes ?? {};
}

test("a topic is made, checked at its fields, edited, found in the list and deleted", async ({ page, server, aws }) => {
  await page.goto(`${server.url}${topicsPath}`);
  await expect(page.getByText("No topics", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Create topic" }).first().click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("my topic");
  await page.getByRole("button", { name: "Create topic" }).click();
  await expect(page.getByText("Use 1 to 256 letters, numbers, hyphens and underscores.", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("orders");
  await page.getByRole("textbox", { name: /^Display name/ }).fill("The shop");
  await page.getByRole("button", { name: "Insert an example: Access policy" }).click();
  await page.getByRole("button", { name: "Insert an example: Delivery policy (HTTP/S)" }).click();
  await page.getByRole("checkbox", { name: "Encryption" }).check();
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("textbox", { name: "Key of tag 1" }).fill("team");
  await page.getByRole("textbox", { name: "Value of tag 1" }).fill("shop");
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(page.getByText(/aws sns create-topic/)).toContainText("--name orders");
  await page.getByRole("button", { name: "Create topic" }).click();
  await expect(page.getByText("Created the topic orders.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "orders", level: 1 })).toBeVisible();
  expect(await attributesOf(aws, "orders")).toMatchObject({ DisplayName: "The shop", KmsMasterKeyId: "alias/aws/sns" });
  await page.getByRole("tab", { name: "Access policy" }).click();
  await expect(page.getByLabel("Policy", { exact: true })).toContainText("__default_statement_ID");
  await page.getByRole("tab", { name: "Delivery policy (HTTP/S)" }).click();
  await expect(page.getByLabel("Delivery policy", { exact: true })).toContainText("numRetries");
  await page.getByRole("tab", { name: "Tags" }).click();
  await expect(page.getByRole("table", { name: "Tags" }).getByRole("row", { name: /team/ })).toContainText("shop");

  await page.getByRole("link", { name: "Edit", exact: true }).first().click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeDisabled();
  await page.getByRole("textbox", { name: /^Display name/ }).fill("");
  await page.getByRole("button", { name: "Remove tag team" }).click();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Successfully updated the topic orders.")).toBeVisible();
  expect((await attributesOf(aws, "orders"))["DisplayName"] ?? "").toBe("");
  expect((await aws.sns.send(new ListTagsForResourceCommand({ ResourceArn: arnOf("orders") }))).Tags).toEqual([]);

  await page.goto(`${server.url}${topicsPath}/create`);
  // Before the topic has its name: the policy is about it all the same.
  await page.getByRole("button", { name: "Insert an example: Access policy" }).click();
  await page.getByRole("radio", { name: /^FIFO/ }).check();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("steps");
  await page.getByRole("checkbox", { name: "Content-based message deduplication" }).check();
  await page.getByRole("button", { name: "Create topic" }).click();
  await expect(page.getByRole("heading", { name: "steps.fifo", level: 1 })).toBeVisible();
  const steps = await attributesOf(aws, "steps.fifo");
  expect(steps).toMatchObject({ FifoTopic: "true", ContentBasedDeduplication: "true" });
  expect(JSON.parse(steps["Policy"] ?? "")).toMatchObject({ Statement: [{ Resource: arnOf("steps.fifo") }] });
  await page.goto(`${server.url}${topicsPath}`);
  const rows = page.getByRole("grid", { name: "Topics" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  await page.getByRole("combobox", { name: "Find topics" }).fill("fifo");
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(2);
  await page.getByRole("radio", { name: "Select steps.fifo" }).check();
  await page.getByRole("button", { name: "Delete" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("delete me");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("Deleted the topic steps.fifo.")).toBeVisible();
  await page.goto(`${server.url}${topicsPath}/steps.fifo`);
  await expect(page.getByText("There is no topic steps.fifo")).toBeVisible();
});

test("a queue is subscribed with a filter and a dead-letter queue, edited and unsubscribed; its policy lets the topic in", async ({
  page,
  server,
  aws,
}) => {
  await aws.sns.send(new CreateTopicCommand({ Name: "news" }));
  for (const QueueName of ["packing", "lost"]) await aws.sqs.send(new CreateQueueCommand({ QueueName }));
  await page.goto(`${server.url}${topicsPath}/news`);
  await page.getByRole("link", { name: "Create subscription" }).first().click();
  await page.getByRole("button", { name: /^Protocol AWS Lambda/ }).click();
  await page.getByRole("option", { name: "Amazon SQS" }).click();
  await page.getByRole("button", { name: "Create subscription" }).click();
  await expect(page.getByText("Choose a queue, or type its ARN.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Queue Choose/ }).click();
  await page.getByRole("option", { name: "packing" }).click();
  await page.getByRole("checkbox", { name: "Enable raw message delivery" }).check();
  await page.getByRole("checkbox", { name: "Subscription filter policy" }).check();
  await page.getByRole("radio", { name: /^Message body/ }).check();
  await page.getByRole("textbox", { name: "Filter policy (JSON)" }).fill("{");
  await page.getByRole("checkbox", { name: "Redrive policy" }).check();
  await page.getByRole("button", { name: /^Dead-letter queue Choose/ }).click();
  await page.getByRole("option", { name: "lost" }).click();
  await page.getByRole("button", { name: "Create subscription" }).click();
  await expect(page.getByText("A filter policy is a JSON object.", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Filter policy (JSON)" }).fill('{"kind": ["order"]}');
  await page.getByRole("button", { name: "Create subscription" }).click();
  await expect(page.getByText("The queue's policy lets the topic in.")).toBeVisible();
  await expect(page.getByRole("heading", { name: /^Subscription: / })).toBeVisible();
  const SubscriptionArn = decodeURIComponent(new URL(page.url()).pathname.split("/").at(-1) ?? "");
  const attributes = async () => (await aws.sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes ?? {};
  expect(await attributes()).toMatchObject({
    RawMessageDelivery: "true",
    FilterPolicyScope: "MessageBody",
    FilterPolicy: '{"kind":["order"]}',
    RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:lost"}',
  });
  const QueueUrl = `${server.url}/123456789012/packing`;
  const { Attributes } = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] }));
  expect(JSON.parse(Attributes?.Policy ?? "{}")).toMatchObject({ Statement: [{ Sid: "sns-news", Action: "sqs:SendMessage" }] });

  await page.getByRole("tab", { name: "Redrive policy (dead-letter queue)" }).click();
  await expect(page.getByRole("link", { name: "lost", exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Edit", exact: true }).click();
  await page.getByRole("radio", { name: /^Message attributes/ }).check();
  await page.getByRole("textbox", { name: "Filter policy (JSON)" }).fill('{"kind": [{"prefix": "or"}]}');
  await page.getByRole("checkbox", { name: "Redrive policy" }).uncheck();
  await page.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText(/^Successfully updated the subscription/)).toBeVisible();
  expect(await attributes()).toMatchObject({ FilterPolicyScope: "MessageAttributes", FilterPolicy: '{"kind":[{"prefix":"or"}]}' });
  expect(await attributes()).not.toHaveProperty("RedrivePolicy");
  await expect(page.getByLabel("Filter policy", { exact: true })).toContainText("prefix");

  await page.goto(`${server.url}/console/sqs/queues/packing?tab=subscriptions`);
  await expect(page.getByRole("grid", { name: "Subscriptions" }).getByRole("row", { name: /packing/ })).toContainText("Confirmed");
  await page.goto(`${server.url}/console/sns/subscriptions`);
  await page.getByRole("radio", { name: /^Select / }).check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No subscriptions", { exact: true })).toBeVisible();
});
