import { CreateQueueCommand, GetQueueAttributesCommand, ListQueuesCommand, ListQueueTagsCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "@mayfly/testkit";
import { expect, test } from "./fixtures.ts";

const queuesPath = "/console/sqs/queues";
const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;

async function urlOf({ sqs }: Clients, name: string): Promise<string> {
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: name }));
  return QueueUrls.find((url) => url.endsWith(`/${name}`)) ?? "";
}

async function attributesOf(aws: Clients, name: string): Promise<Record<string, string>> {
  const { Attributes } = await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl: await urlOf(aws, name), AttributeNames: ["All"] }));
  return Attributes ?? {};
}

test("a standard queue is made with settings of every kind, checked at its fields, and its page shows them", async ({
  page,
  server,
  aws,
}) => {
  await page.goto(`${server.url}${queuesPath}`);
  await expect(page.getByText("No queues", { exact: true })).toBeVisible();
  await aws.sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
  await page.getByRole("link", { name: "Create queue" }).first().click();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("my queue");
  await page.getByRole("spinbutton", { name: "Visibility timeout" }).fill("13");
  await page.getByRole("button", { name: "Visibility timeout, unit" }).click();
  await page.getByRole("option", { name: "Hours" }).click();
  await page.getByRole("button", { name: "Create queue" }).click();
  await expect(page.getByText("Use 1 to 80 letters, numbers, hyphens and underscores.")).toBeVisible();
  await expect(page.getByText("From 0 seconds to 12 hours.")).toBeVisible();

  await page.getByRole("textbox", { name: "Name", exact: true }).fill("orders");
  await page.getByRole("spinbutton", { name: "Visibility timeout" }).fill("2");
  await page.getByRole("spinbutton", { name: "Maximum message size" }).fill("256");
  await page.getByRole("button", { name: "Insert an example" }).click();
  await page.getByRole("radio", { name: /^Enabled/ }).check();
  await page.getByRole("button", { name: "Create queue" }).click();
  await expect(page.getByText("Choose a queue.", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: /^Queue Choose/ }).click();
  await page.getByRole("option", { name: "dead" }).click();
  await page.getByRole("spinbutton", { name: "Maximum receives" }).fill("3");
  await page.getByRole("button", { name: "Redrive allow policy" }).click();
  await page.getByRole("radio", { name: "Deny all" }).check();
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("textbox", { name: "Key of tag 1" }).fill("team");
  await page.getByRole("textbox", { name: "Value of tag 1" }).fill("shop");
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(page.getByText(/aws sqs create-queue/)).toContainText("--queue-name orders");
  await page.getByRole("button", { name: "Create queue" }).click();
  await expect(page.getByText("Created the queue orders.")).toBeVisible();
  await expect(page.getByRole("heading", { name: "orders", level: 1 })).toBeVisible();

  const attributes = await attributesOf(aws, "orders");
  expect(attributes).toMatchObject({ VisibilityTimeout: "7200", MaximumMessageSize: "262144" });
  expect(JSON.parse(attributes["RedrivePolicy"] ?? "{}")).toMatchObject({ deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 3 });
  expect(JSON.parse(attributes["RedriveAllowPolicy"] ?? "{}")).toEqual({ redrivePermission: "denyAll" });
  expect(JSON.parse(attributes["Policy"] ?? "{}")).toMatchObject({ Statement: [{ Resource: arnOf("orders") }] });
  expect((await aws.sqs.send(new ListQueueTagsCommand({ QueueUrl: await urlOf(aws, "orders") }))).Tags).toEqual({ team: "shop" });

  await page.getByRole("button", { name: "More", exact: true }).click();
  await expect(page.getByText("2 hours")).toBeVisible();
  await expect(page.getByRole("link", { name: "dead", exact: true })).toBeVisible();
  await page.getByRole("tab", { name: "Access policy" }).click();
  await expect(page.getByLabel("Policy", { exact: true })).toContainText("__owner_statement");
  await page.getByRole("tab", { name: "Tags" }).click();
  await expect(page.getByRole("table", { name: "Tags" }).getByRole("row", { name: /team/ })).toContainText("shop");
  await page.goto(`${server.url}${queuesPath}/dead`);
  await expect(page.getByRole("table", { name: "Source queues" }).getByRole("link", { name: "orders" })).toBeVisible();
});

test("a queue is edited: only what was changed is set, and what was cleared is taken away", async ({ page, server, aws }) => {
  await page.goto(`${server.url}${queuesPath}`);
  await page.getByRole("radio", { name: "Select orders" }).check();
  await page.getByRole("link", { name: "Edit" }).click();
  await expect(page.getByRole("textbox", { name: "Name", exact: true })).toBeDisabled();
  await page.getByRole("spinbutton", { name: "Delivery delay" }).fill("5");
  await page.getByRole("radio", { name: "Disabled" }).check();
  await page.getByRole("button", { name: "Remove tag team" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Successfully updated the queue orders.")).toBeVisible();
  const attributes = await attributesOf(aws, "orders");
  expect(attributes).toMatchObject({ DelaySeconds: "5", VisibilityTimeout: "7200", MaximumMessageSize: "262144" });
  expect(attributes).not.toHaveProperty("RedrivePolicy");
  expect((await aws.sqs.send(new ListQueueTagsCommand({ QueueUrl: await urlOf(aws, "orders") }))).Tags ?? {}).toEqual({});
});

test("a FIFO queue gets its suffix and its own settings; the list filters by type", async ({ page, server, aws }) => {
  await page.goto(`${server.url}${queuesPath}/create`);
  await page.getByRole("radio", { name: /^FIFO/ }).check();
  await page.getByRole("textbox", { name: "Name", exact: true }).fill("steps");
  await page.getByRole("checkbox", { name: "Content-based deduplication" }).check();
  await page.getByRole("checkbox", { name: "High throughput FIFO queue" }).check();
  await page.getByRole("button", { name: "Create queue" }).click();
  await expect(page.getByRole("heading", { name: "steps.fifo", level: 1 })).toBeVisible();
  expect(await attributesOf(aws, "steps.fifo")).toMatchObject({
    FifoQueue: "true",
    ContentBasedDeduplication: "true",
    DeduplicationScope: "messageGroup",
    FifoThroughputLimit: "perMessageGroupId",
  });
  await page.goto(`${server.url}${queuesPath}`);
  const rows = page.getByRole("grid", { name: "Queues" }).getByRole("row");
  await expect(rows).toHaveCount(4);
  await page.getByRole("combobox", { name: "Find queues" }).fill("fifo");
  await page.keyboard.press("Enter");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("steps.fifo");
});

test("a queue is deleted once somebody typed confirm; what is gone is said to be gone", async ({ page, server, aws }) => {
  await page.goto(`${server.url}${queuesPath}/orders`);
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("button", { name: "Delete", exact: true })).toBeDisabled();
  await dialog.getByRole("textbox").fill("confirm");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("Deleted the queue orders.")).toBeVisible();
  await expect(page.getByRole("link", { name: "dead", exact: true })).toBeVisible();
  expect(await urlOf(aws, "orders")).toBe("");
  await page.goto(`${server.url}${queuesPath}/orders`);
  await expect(page.getByText("There is no queue orders")).toBeVisible();
});
