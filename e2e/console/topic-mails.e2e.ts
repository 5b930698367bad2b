import { CreateTopicCommand, GetTopicAttributesCommand, PublishCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "./fixtures.ts";

const TopicArn = "arn:aws:sns:us-east-1:123456789012:news";

test("an e-mail address is subscribed, asked twice, confirms by the outbox, and gets what is published", async ({ page, server, aws }) => {
  await aws.sns.send(new CreateTopicCommand({ Name: "news", Attributes: { DisplayName: "The shop" } }));
  await page.goto(`${server.url}/console/sns/outbox`);
  await expect(page.getByText("No mails", { exact: true })).toBeVisible();
  await page.goto(`${server.url}/console/sns/subscriptions/create?topic=${encodeURIComponent(TopicArn)}`);
  await page.getByRole("button", { name: /^Protocol AWS Lambda/ }).click();
  await page.getByRole("option", { name: "Email", exact: true }).click();
  await page.getByRole("textbox", { name: "E-mail address" }).fill("ann");
  await page.getByRole("button", { name: "Create subscription" }).click();
  await expect(page.getByText("An e-mail address is needed.", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "E-mail address" }).fill("ann@example.com");
  await page.getByRole("button", { name: "Create subscription" }).click();
  await expect(page.getByText("It waits for its confirmation.")).toBeVisible();
  await expect(page.getByText("Pending confirmation", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Request confirmation" }).click();
  await expect(page.getByText("ann@example.com was asked for its confirmation once more.")).toBeVisible();

  await page.getByRole("link", { name: "E-mail outbox" }).click();
  const mails = page.getByRole("grid", { name: "E-mail outbox" });
  const asking = mails.getByRole("link", { name: "Mail AWS Notification - Subscription Confirmation to ann@example.com" });
  await expect(asking).toHaveCount(2);
  await asking.first().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Mail", { exact: true })).toContainText(TopicArn);
  await dialog.getByRole("button", { name: "Confirm subscription" }).click();
  await expect(page.getByText("Confirmed the subscription of ann@example.com.")).toBeVisible();
  const { Attributes } = await aws.sns.send(new GetTopicAttributesCommand({ TopicArn }));
  expect(Attributes).toMatchObject({ SubscriptionsConfirmed: "1", SubscriptionsPending: "0" });
  await aws.sns.send(new PublishCommand({ TopicArn, Subject: "Beans", Message: "There are new ones." }));
  await mails.getByRole("link", { name: "Mail Beans to ann@example.com" }).click();
  await expect(dialog.getByLabel("Mail", { exact: true })).toContainText("There are new ones.");
});

test("messages to a FIFO topic have a group and come to its queue in order", async ({ page, server, aws }) => {
  await aws.sns.send(new CreateTopicCommand({ Name: "steps.fifo", Attributes: { FifoTopic: "true" } }));
  await aws.sqs.send(new CreateQueueCommand({ QueueName: "done.fifo", Attributes: { FifoQueue: "true" } }));
  await page.goto(`${server.url}/console/sns/topics/steps.fifo`);
  await page.getByRole("link", { name: "Create subscription" }).first().click();
  await page.getByRole("button", { name: /^Queue Choose/ }).click();
  await page.getByRole("option", { name: "done.fifo" }).click();
  await page.getByRole("checkbox", { name: "Enable raw message delivery" }).check();
  await page.getByRole("button", { name: "Create subscription" }).click();
  await expect(page.getByRole("heading", { name: /^Subscription: / })).toBeVisible();
  await page.goto(`${server.url}/console/sns/topics/steps.fifo/publish`);
  const body = page.getByRole("textbox", { name: "Message body to send to the endpoint" });
  await body.fill("first");
  await page.getByRole("button", { name: "Publish message" }).click();
  await expect(page.getByText("A message to a FIFO topic has a group.", { exact: true })).toBeVisible();
  await page.getByRole("textbox", { name: "Message group ID" }).fill("a");
  await page.getByRole("button", { name: "Publish message" }).click();
  await expect(page.getByText("The message was not published")).toBeVisible();
  for (const text of ["first", "second"]) {
    await body.fill(text);
    await page.getByRole("textbox", { name: /^Message deduplication ID/ }).fill(text);
    await page.getByRole("button", { name: "Publish message" }).click();
    await expect(page.getByText("The message was published to steps.fifo")).toBeVisible();
  }
  const { QueueUrl } = await aws.sqs.send(new GetQueueUrlCommand({ QueueName: "done.fifo" }));
  const waiting = async () =>
    (await aws.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }))).Attributes;
  await expect.poll(waiting).toEqual({ ApproximateNumberOfMessages: "2" });
  const { Messages = [] } = await aws.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  expect(Messages.map(({ Body }) => Body)).toEqual(["first", "second"]);
});
