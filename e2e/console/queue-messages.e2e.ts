import { CreateQueueCommand, ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const messages = (page: Page) => page.getByRole("table", { name: "Messages" });
const pathOf = (name: string): string => `/console/sqs/queues/${name}/messages`;

async function makeQueue({ sqs }: Clients, QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? "";
}

async function pollFor(page: Page, seconds: number, count: number): Promise<void> {
  await page.getByRole("button", { name: "Edit poll settings" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("spinbutton", { name: "Polling duration" }).fill(String(seconds));
  await dialog.getByRole("spinbutton", { name: "Maximum message count" }).fill(String(count));
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Poll for messages" }).click();
}

test("a message is sent with attributes, polled, looked at, and deleted", async ({ page, server, aws }) => {
  const QueueUrl = await makeQueue(aws, "inbox");
  await page.goto(`${server.url}${pathOf("inbox")}`);
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByText("A message has a body.")).toBeVisible();
  await page.getByRole("textbox", { name: "Message body" }).fill('{"order": 7}');
  await page.getByRole("button", { name: "Message attributes - optional" }).click();
  for (const [index, name, value] of [
    [1, "kind", "order"],
    [2, "count", "many"],
  ] as const) {
    await page.getByRole("button", { name: "Add attribute" }).click();
    await page.getByRole("textbox", { name: `Name of attribute ${index}` }).fill(name);
    await page.getByRole("textbox", { name: `Value of attribute ${index}` }).fill(value);
  }
  await page.getByRole("button", { name: "Type of attribute 2" }).click();
  await page.getByRole("option", { name: "Number" }).click();
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByText("The value is no number.")).toBeVisible();
  await page.getByRole("textbox", { name: "Value of attribute 2" }).fill("3");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByText("Your message has been sent and is ready to be received.")).toBeVisible();

  await pollFor(page, 20, 1);
  await expect(messages(page).getByRole("row", { name: /order/ })).toBeVisible();
  // As many as were asked for: it ends by itself.
  await expect(page.getByRole("button", { name: "Poll for messages" })).toBeEnabled();
  await messages(page)
    .getByRole("link", { name: /^Message / })
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Message body", { exact: true })).toHaveText('{"order": 7}');
  await dialog.getByRole("tab", { name: "Attributes" }).click();
  await expect(dialog.getByRole("row", { name: /count/ })).toContainText("Number");
  await dialog.getByRole("tab", { name: "Details" }).click();
  await expect(dialog.getByText("ApproximateReceiveCount")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();

  await messages(page).getByRole("checkbox", { name: "Select all messages" }).check();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("The message was deleted.")).toBeVisible();
  await expect(messages(page).getByRole("link", { name: /^Message / })).toHaveCount(0);
  const { Messages } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }));
  expect(Messages).toBeUndefined();
});

test("polling goes on until it is stopped, and takes what comes meanwhile", async ({ page, server, aws }) => {
  const QueueUrl = await makeQueue(aws, "stream");
  await page.goto(`${server.url}${pathOf("stream")}`);
  await pollFor(page, 120, 100);
  await expect(page.getByRole("progressbar", { name: "Polling progress" })).toBeVisible();
  await expect(page.getByText("Waiting for messages")).toBeVisible();
  await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "first" }));
  await expect(messages(page).getByText("first")).toBeVisible();
  const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: String(index), MessageBody: `more ${index}` }));
  await aws.sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  await expect(messages(page).getByRole("link", { name: /^Message / })).toHaveCount(11);
  await page.getByRole("button", { name: "Stop polling" }).click();
  await expect(page.getByRole("button", { name: "Poll for messages" })).toBeEnabled();
  await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "too late" }));
  const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  expect(Messages.map(({ Body }) => Body)).toEqual(["too late"]);
});

test("a message to a FIFO queue has a group; a delayed one can't be received at once; purge empties", async ({ page, server, aws }) => {
  await makeQueue(aws, "steps.fifo", { FifoQueue: "true" });
  await page.goto(`${server.url}${pathOf("steps.fifo")}`);
  await page.getByRole("textbox", { name: "Message body" }).fill("one");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByText("A message to a FIFO queue has a group.")).toBeVisible();
  await page.getByRole("textbox", { name: "Message group ID" }).fill("a");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByText("The message was not sent")).toBeVisible();
  await page.getByRole("textbox", { name: /^Message deduplication ID/ }).fill("1");
  await page.getByRole("button", { name: "Send message" }).click();
  await expect(page.getByText("Your message has been sent and is ready to be received.")).toBeVisible();
  await pollFor(page, 20, 1);
  await messages(page)
    .getByRole("link", { name: /^Message / })
    .click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("tab", { name: "Details" }).click();
  await expect(dialog.getByText("MessageGroupId")).toBeVisible();
  await dialog.getByRole("button", { name: "Done" }).click();

  await makeQueue(aws, "later");
  await page.goto(`${server.url}${pathOf("later")}`);
  await page.getByRole("textbox", { name: "Message body" }).fill("wait");
  await page.getByRole("spinbutton", { name: /^Delivery delay/ }).fill("900");
  await page.getByRole("button", { name: "Send message" }).click();
  await page.getByRole("link", { name: "View queue" }).click();
  await expect(
    page
      .locator("dl, div")
      .filter({ hasText: /^Messages delayed1$/ })
      .first(),
  ).toBeVisible();
  await page.getByRole("button", { name: "Purge", exact: true }).click();
  await dialog.getByRole("textbox").fill("purge");
  await dialog.getByRole("button", { name: "Purge", exact: true }).click();
  await expect(page.getByText("The messages of later are being deleted.")).toBeVisible();
  await expect(
    page
      .locator("dl, div")
      .filter({ hasText: /^Messages delayed0$/ })
      .first(),
  ).toBeVisible();
});
