import { CreateEventSourceMappingCommand } from "@aws-sdk/client-lambda";
import { PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { CreateQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { python } from "./test-page.ts";

const FunctionName = "packs-orders";
const arn = "arn:aws:sqs:us-east-1:123456789012:orders";

test("a function's page and its queue's say why a message ran the function, and why another did not", async ({ page, server, aws }) => {
  await makeFunction(aws, FunctionName, { files: python("    return {}") });
  const Action = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: arn }] });
  await aws.iam.send(new PutRolePolicyCommand({ RoleName: "execution_role", PolicyName: "poll", PolicyDocument }));
  const { QueueUrl } = await aws.sqs.send(new CreateQueueCommand({ QueueName: "orders" }));
  const FilterCriteria = { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] };
  await aws.lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn: arn, FilterCriteria }));
  const tell = async (kind: string) =>
    (await aws.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ kind }) }))).MessageId ?? "";
  const order = await tell("order");
  const letter = await tell("letter");

  await page.goto(`${server.url}/console/functions/${FunctionName}/monitor`);
  const trail = page.getByRole("table", { name: "Event trail" });
  await expect(trail.getByRole("row", { name: new RegExp(order) })).toContainText("Handled");
  await expect(trail.getByRole("row", { name: new RegExp(letter) })).toContainText(/Filtered out: .*body\.kind/);
  await page.getByRole("searchbox", { name: "Message or request ID" }).fill(order);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await expect(trail.getByRole("row", { name: new RegExp(letter) })).toHaveCount(0);
  await trail.getByRole("link", { name: `Event ${order}` }).click();
  const steps = page.getByRole("dialog").getByRole("table", { name: "Steps" });
  await expect(steps.getByRole("rowheader")).toHaveText([
    "Produced",
    "Received from the source",
    "Given to the function",
    "Deleted from the source",
  ]);
  await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
  await page.getByRole("searchbox", { name: "Message or request ID" }).fill("nobody");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Nothing is known of this event")).toBeVisible();

  await page.goto(`${server.url}/console/sqs/queues/orders?tab=trail`);
  await expect(trail.getByRole("row", { name: new RegExp(letter) })).toContainText("Filtered out");
  await expect(trail.getByRole("row", { name: new RegExp(order) })).toContainText(FunctionName);
});
