import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { CreateQueueCommand, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { expect, test } from "./fixtures.ts";

const bucketsPath = "/console/s3/buckets";

test("a bucket is made, its name checked as it is typed; it is found in the list, emptied and deleted", async ({
  page,
  server,
  aws: { s3 },
}) => {
  await page.goto(`${server.url}${bucketsPath}`);
  await expect(page.getByText("No buckets", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Create bucket" }).first().click();
  const name = page.getByRole("textbox", { name: /^Bucket name/ });
  await name.fill("Photos");
  await expect(page.getByText("Use lowercase letters, numbers, dots and hyphens.", { exact: true })).toBeVisible();
  await name.fill("photos");
  await page.getByRole("button", { name: /^AWS Region/ }).click();
  await page.getByRole("option", { name: /Ireland/ }).click();
  await page.getByRole("checkbox", { name: "Enable bucket versioning" }).check();
  await page.getByRole("checkbox", { name: "Block public access granted through new public bucket policies" }).uncheck();
  await page.getByRole("button", { name: "Add tag" }).click();
  await page.getByRole("textbox", { name: "Key of tag 1" }).fill("team");
  await page.getByRole("textbox", { name: "Value of tag 1" }).fill("shop");
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(page.getByText(/aws s3api create-bucket/)).toContainText("put-bucket-versioning");
  await page.getByRole("button", { name: "Create bucket" }).click();
  await expect(page.getByText("Created the bucket photos.")).toBeVisible();
  const Bucket = "photos";
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe("Enabled");
  expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual([{ Key: "team", Value: "shop" }]);
  const { PublicAccessBlockConfiguration } = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
  expect(PublicAccessBlockConfiguration).toMatchObject({ BlockPublicPolicy: false, RestrictPublicBuckets: true });

  for (const Body of ["one", "two"]) await s3.send(new PutObjectCommand({ Bucket, Key: "a.txt", Body }));
  await page.goto(`${server.url}${bucketsPath}`);
  const row = page.getByRole("grid", { name: "Buckets" }).getByRole("row", { name: /photos/ });
  await expect(row).toContainText("eu-west-1");
  await page.getByRole("radio", { name: "Select photos" }).check();
  const dialog = page.getByRole("dialog");
  const confirm = async (button: string, typed: string): Promise<void> => {
    await page.getByRole("button", { name: button, exact: true }).click();
    await dialog.getByRole("textbox").fill(typed);
    await dialog.getByRole("button", { name: button, exact: true }).click();
  };
  await confirm("Delete", "photos");
  await expect(dialog.getByText("BucketNotEmpty")).toBeVisible();
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await confirm("Empty", "permanently delete");
  await expect(page.getByText("The bucket photos is empty: 2 objects and versions were deleted.")).toBeVisible();
  await confirm("Delete", "photos");
  await expect(page.getByText("Deleted the bucket photos.")).toBeVisible();
  await expect(page.getByText("No buckets", { exact: true })).toBeVisible();
  await page.goto(`${server.url}${bucketsPath}/photos`);
  await expect(page.getByText("There is no bucket photos")).toBeVisible();
});

test("a bucket's settings: tags, versioning, public access, policy, CORS, lifecycle, and a queue that is told of events", async ({
  page,
  server,
  aws: { s3, sqs },
}) => {
  const Bucket = "settled";
  await page.goto(`${server.url}${bucketsPath}/create`);
  await page.getByRole("textbox", { name: /^Bucket name/ }).fill(Bucket);
  await page.getByRole("button", { name: "Create bucket" }).click();
  await page.getByRole("tab", { name: "Properties" }).click();
  const dialog = page.getByRole("dialog");
  await page.getByRole("button", { name: "Edit bucket versioning" }).click();
  await dialog.getByRole("radio", { name: "Enable" }).check();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByText("Enabled", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Edit tags" }).click();
  await dialog.getByRole("button", { name: "Add tag" }).click();
  await dialog.getByRole("textbox", { name: "Key of tag 1" }).fill("stage");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByRole("table", { name: "Tags" }).getByRole("row", { name: /stage/ })).toBeVisible();
  await expect(page.getByText("AES256, not acted on")).toBeVisible();

  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "told" }));
  await page.getByRole("button", { name: "Create event notification" }).first().click();
  await dialog.getByRole("textbox", { name: "Event name" }).fill("tell");
  await dialog.getByRole("radio", { name: "SQS queue" }).check();
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(dialog.getByText("Choose a queue.", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: /^SQS queue/ }).click();
  await page.getByRole("option", { name: "told" }).click();
  await dialog.getByRole("textbox", { name: /^Suffix/ }).fill(".csv");
  await dialog.getByRole("button", { name: "Create", exact: true }).click();
  await expect(page.getByText("The queue's policy has the statement s3-settled.")).toBeVisible();
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] }));
  expect(Attributes?.Policy).toContain("arn:aws:s3:::settled");
  const notification = page.getByRole("table", { name: "Event notifications" }).getByRole("row", { name: /tell/ });
  await expect(notification).toContainText("suffix .csv");
  await notification.getByRole("button", { name: "Edit tell" }).click();
  await dialog.getByRole("textbox", { name: /^Suffix/ }).fill(".txt");
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await expect(notification).toContainText("suffix .txt");
  await notification.getByRole("button", { name: "Delete tell" }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No event notifications", { exact: true })).toBeVisible();
  expect((await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).QueueConfigurations).toBeUndefined();

  await page.getByRole("tab", { name: "Permissions" }).click();
  await page.getByRole("button", { name: "Edit bucket policy" }).click();
  await dialog.getByRole("textbox", { name: /^Bucket policy/ }).fill("{");
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(dialog.getByText("The policy is no JSON object.", { exact: true })).toBeVisible();
  await dialog.getByRole("textbox", { name: /^Bucket policy/ }).fill("");
  await dialog.getByRole("button", { name: "Insert an example" }).click();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByLabel("Bucket policy", { exact: true })).toContainText("ReadObjects");
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toContain("arn:aws:s3:::settled/*");
  await page.getByRole("button", { name: /^Edit cross-origin/ }).click();
  await dialog.getByRole("button", { name: "Insert an example" }).click();
  await dialog.getByRole("button", { name: "Save changes" }).click();
  await expect(page.getByLabel(/^Cross-origin resource sharing/)).toContainText("https://www.example.com");
  await page.getByRole("button", { name: "Delete bucket policy" }).click();
  await dialog.getByRole("textbox").fill("delete");
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No bucket policy", { exact: true })).toBeVisible();

  await page.getByRole("tab", { name: "Management" }).click();
  await page.getByRole("button", { name: "Create lifecycle rule" }).first().click();
  await dialog.getByRole("textbox", { name: "Lifecycle rule name" }).fill("old logs");
  await dialog.getByRole("button", { name: "Create rule" }).click();
  await expect(dialog.getByText("Say what the rule does.")).toBeVisible();
  await dialog.getByRole("textbox", { name: /^Prefix/ }).fill("logs/");
  await dialog.getByRole("spinbutton", { name: /^Expire current versions/ }).fill("30");
  await dialog.getByRole("button", { name: "Create rule" }).click();
  const rules = page.getByRole("table", { name: "Lifecycle rules" });
  await expect(rules.getByRole("row", { name: /old logs/ })).toContainText("Objects expire after 30 days");
  const { Rules } = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
  expect(Rules).toMatchObject([{ ID: "old logs", Filter: { Prefix: "logs/" }, Expiration: { Days: 30 } }]);
  await rules.getByRole("button", { name: "Delete old logs" }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No lifecycle rules", { exact: true })).toBeVisible();
});
