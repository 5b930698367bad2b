import { GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetFunctionEventInvokeConfigCommand, GetPolicyCommand, RemovePermissionCommand } from "@aws-sdk/client-lambda";
import {
  CreateBucketCommand,
  GetBucketNotificationConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutObjectCommand,
} from "@aws-sdk/client-s3";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { python } from "./test-page.ts";

const FunctionName = "reads-photos";
const Bucket = "photos.in";
const code = "    for record in event['Records']:\n        print('saw', record['s3']['object']['key'])";

test.beforeAll(async ({ aws }) => {
  await makeFunction(aws, FunctionName, { files: python(code) });
  await makeFunction(aws, "other");
  await aws.s3.send(new CreateBucketCommand({ Bucket }));
});

test("a bucket is added as a trigger beside what it has, runs the function with what matches, is mended and deleted", async ({
  page,
  server,
  aws: { lambda, s3 },
}) => {
  const LambdaFunctionArn = "arn:aws:lambda:us-east-1:123456789012:function:other";
  const kept = { Id: "kept", LambdaFunctionArn, Events: ["s3:ObjectRemoved:*" as const] };
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      SkipDestinationValidation: true,
      NotificationConfiguration: { LambdaFunctionConfigurations: [kept] },
    }),
  );
  const ids = async () =>
    (await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).LambdaFunctionConfigurations?.map(({ Id }) => Id);

  await page.goto(`${server.url}/console/functions/${FunctionName}`);
  const diagram = page.getByRole("group", { name: "Diagram" });
  await diagram.getByRole("button", { name: "Add trigger" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: /^Source/ }).click();
  await page.getByRole("option", { name: /^S3/ }).click();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(dialog.getByText("Choose a bucket.", { exact: true })).toBeVisible();
  await expect(dialog.getByText("Say that you know it.", { exact: true })).toBeVisible();
  await dialog.getByRole("button", { name: /^Bucket/ }).click();
  await page.getByRole("option", { name: /^photos\.in/ }).click();
  await dialog.getByRole("textbox", { name: /^Suffix/ }).fill(".jpg");
  await dialog.getByRole("checkbox", { name: /^I know/ }).check();
  await dialog.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(dialog.getByText(/aws lambda add-permission/)).toContainText("aws s3api put-bucket-notification-configuration");
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  // The other function never let the bucket in, so that S3 refuses the configuration as a whole, and what was given is taken back.
  await expect(dialog.getByText("Unable to validate the following destination configurations")).toBeVisible();
  await expect(lambda.send(new GetPolicyCommand({ FunctionName }))).rejects.toThrow("The resource you requested does not exist.");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await page.goto(`${server.url}/console/functions/other/configuration/triggers`);
  const row = page.getByRole("table", { name: "Triggers" }).getByRole("row", { name: /photos\.in/ });
  await expect(row).toContainText("No permission");
  await row.getByRole("button", { name: "Fix photos.in" }).click();
  await expect(row).toContainText("Enabled");

  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/triggers`);
  await page.getByRole("button", { name: "Add trigger" }).last().click();
  await dialog.getByRole("button", { name: /^Source/ }).click();
  await page.getByRole("option", { name: /^S3/ }).click();
  await dialog.getByRole("button", { name: /^Bucket/ }).click();
  await page.getByRole("option", { name: /^photos\.in/ }).click();
  await dialog.getByRole("textbox", { name: /^Suffix/ }).fill(".jpg");
  await dialog.getByRole("checkbox", { name: /^I know/ }).check();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText(/The function's policy has the statement s3-photos-in/)).toBeVisible();
  await expect(diagram.getByRole("link", { name: "S3: Enabled" })).toBeVisible();
  await expect(row).toContainText("All object create events; suffix .jpg");
  expect(await ids()).toHaveLength(2);

  await s3.send(new PutObjectCommand({ Bucket, Key: "a.png", Body: "a" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "b.jpg", Body: "b" }));
  await page.goto(`${server.url}/console/logs/groups/${encodeURIComponent(`/aws/lambda/${FunctionName}`)}/events`);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText("saw b.jpg").first()).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await expect(page.getByText("saw a.png")).toHaveCount(0);

  await lambda.send(new RemovePermissionCommand({ FunctionName, StatementId: "s3-photos-in" }));
  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/triggers`);
  await expect(row).toContainText("No permission");
  await row.getByRole("button", { name: "Fix photos.in" }).click();
  await expect(row).toContainText("Enabled");
  await row.getByRole("button", { name: "Delete photos.in" }).click();
  await dialog.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(page.getByText("No triggers", { exact: true })).toBeVisible();
  expect(await ids()).toEqual(["kept"]);
  await expect(lambda.send(new GetPolicyCommand({ FunctionName }))).rejects.toThrow("The resource you requested does not exist.");
});

test("records of failed events go to a bucket; of failures only; the role gets what it needs", async ({ page, server, aws }) => {
  await aws.s3.send(new CreateBucketCommand({ Bucket: "failures" }));
  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/destinations`);
  await page.getByRole("button", { name: "Add destination" }).last().click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("radio", { name: "On success" }).check();
  await dialog.getByRole("button", { name: /^Destination type/ }).click();
  await page.getByRole("option", { name: /^S3 bucket/ }).click();
  await expect(dialog.getByRole("radio", { name: "On success" })).toBeDisabled();
  await dialog.getByRole("button", { name: /^Destination Choose/ }).click();
  await page.getByRole("option", { name: /^failures/ }).click();
  await expect(dialog.getByRole("checkbox", { name: "Let the role write to the bucket" })).toBeChecked();
  await dialog.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("table", { name: "Destinations" }).getByRole("link", { name: "failures" })).toBeVisible();
  const policy = await aws.iam.send(new GetRolePolicyCommand({ RoleName: "execution_role", PolicyName: "WriteToBucket-failures" }));
  expect(decodeURIComponent(policy.PolicyDocument ?? "")).toContain("s3:PutObject");
  const { DestinationConfig } = await aws.lambda.send(new GetFunctionEventInvokeConfigCommand({ FunctionName }));
  expect(DestinationConfig?.OnFailure?.Destination).toBe("arn:aws:s3:::failures");
});
