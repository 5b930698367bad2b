import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import type { Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";

const arnOf = (name: string): string => `arn:aws:sqs:us-east-1:123456789012:${name}`;
const tasks = (page: Page) => page.getByRole("table", { name: "Redrive tasks" });

async function makeQueue({ sqs }: Clients, QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl ?? "";
}

async function countOf({ sqs }: Clients, QueueUrl: string): Promise<string | undefined> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  return Attributes?.["ApproximateNumberOfMessages"];
}

async function sendSome({ sqs }: Clients, QueueUrl: string): Promise<void> {
  for (const MessageBody of ["one", "two", "three"]) await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
}

/** Receives the three messages until they lie in the dead-letter queue. */
async function failAll(aws: Clients, source: string, dead: string): Promise<void> {
  await expect
    .poll(async () => {
      await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl: source, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }));
      return countOf(aws, dead);
    })
    .toBe("3");
}

test("failed messages go back to where they came from, or to another queue, as fast as is said; a task is canceled", async ({
  page,
  server,
  aws,
}) => {
  const RedriveAllowPolicy = JSON.stringify({ redrivePermission: "byQueue", sourceQueueArns: [arnOf("source")] });
  const dead = await makeQueue(aws, "dead", { RedriveAllowPolicy });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf("dead"), maxReceiveCount: 1 });
  await page.goto(`${server.url}/console/sqs/queues/dead?tab=redrive`);
  await expect(page.getByRole("button", { name: "Start DLQ redrive" })).toBeDisabled();
  await page.getByRole("tab", { name: "Dead-letter queue", exact: true }).click();
  await expect(page.getByText("Redrive allow policy: only source may.")).toBeVisible();
  const source = await makeQueue(aws, "source", { RedrivePolicy });
  const other = await makeQueue(aws, "other");
  await sendSome(aws, source);
  await failAll(aws, source, dead);

  await page.goto(`${server.url}/console/sqs/queues/dead?tab=redrive`);
  await page.getByRole("button", { name: "Start DLQ redrive" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText(/goes back to where it came from: source/)).toBeVisible();
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(page.getByText("The messages of dead are being moved to where they came from.")).toBeVisible();
  await expect(tasks(page).getByRole("row", { name: /Completed/ })).toContainText("3");
  await expect.poll(() => countOf(aws, source)).toBe("3");

  await failAll(aws, source, dead);
  await page.getByRole("button", { name: "Start DLQ redrive" }).click();
  await dialog.getByRole("radio", { name: "Redrive to a custom destination" }).check();
  await dialog.getByRole("radio", { name: "Custom max velocity" }).check();
  await dialog.getByRole("spinbutton", { name: "Messages per second" }).fill("501");
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog.getByText("Choose a queue.")).toBeVisible();
  await expect(dialog.getByText("From 1 to 500 messages a second.")).toBeVisible();
  await dialog.getByRole("button", { name: /^Destination queue/ }).click();
  await page.getByRole("option", { name: "other" }).click();
  await dialog.getByRole("spinbutton", { name: "Messages per second" }).fill("1");
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  const running = tasks(page).getByRole("row", { name: /Up to 1 a second/ });
  await expect(running).toContainText("other");
  await running.getByRole("button", { name: "Cancel" }).click();
  await expect(running).toContainText(/Cancel+ed/);
  expect(Number(await countOf(aws, other)) + Number(await countOf(aws, dead))).toBeGreaterThan(0);
});
