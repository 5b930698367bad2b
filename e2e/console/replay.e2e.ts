import { InvokeCommand, PublishVersionCommand, UpdateFunctionCodeCommand, waitUntilFunctionUpdatedV2 } from "@aws-sdk/client-lambda";
import { zipOf } from "@mayfly/testkit";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const FunctionName = "replayed";
const answering = (answer: string) => ({
  "lambda_function.py": `def lambda_handler(event, context):\n    print("priced", event["item"])\n    ${answer}\n`,
});

test("an invocation that failed is run again on the version that mends it, and both runs are seen side by side", async ({
  page,
  server,
  aws,
}) => {
  await makeFunction(aws, FunctionName, { files: answering('raise ValueError("no price")') });
  await page.goto(`${server.url}/console/functions/${FunctionName}/monitor`);
  await expect(page.getByText("Invocations are not kept")).toBeVisible();
  await page.getByRole("checkbox", { name: "Keep invocations" }).click();
  await expect(page.getByText("Nothing kept yet")).toBeVisible();

  await aws.lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ item: "espresso" }) }));
  await aws.lambda.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: await zipOf(answering('return {"price": 2.4}')) }));
  await waitUntilFunctionUpdatedV2({ client: aws.lambda, maxWaitTime: 20, minDelay: 0.05, maxDelay: 0.2 }, { FunctionName });
  await aws.lambda.send(new PublishVersionCommand({ FunctionName }));

  await page.reload();
  const kept = page.getByRole("table", { name: "Kept invocations" });
  await expect(kept.getByText("Failed")).toBeVisible();
  await kept.getByRole("button", { name: /^Replay / }).click();
  const dialog = page.getByRole("dialog", { name: /^Replay the invocation of/ });
  const original = dialog.getByRole("region", { name: "Original" });
  await expect(original.getByLabel("Original: response")).toContainText("no price");
  await expect(original.getByLabel("Original: log")).toContainText("priced espresso");
  await dialog.getByRole("button", { name: "Version or alias" }).click();
  await page.getByRole("option", { name: "Version 1" }).click();
  await dialog.getByRole("button", { name: "Replay", exact: true }).click();
  const replay = dialog.getByRole("region", { name: "Replay" });
  await expect(replay.getByLabel("Replay: response")).toContainText('"price": 2.4');
  await expect(replay.getByLabel("Replay: log")).toContainText("priced espresso");
  await expect(replay.getByText("Succeeded")).toBeVisible();
  await dialog.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(dialog.getByText(/npx mayfly replay [0-9a-f-]{36} --function replayed --qualifier '1'/)).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();

  await page.getByRole("checkbox", { name: "Keep invocations" }).click();
  await page.getByRole("dialog", { name: "Forget the kept invocations?" }).getByRole("button", { name: "Forget" }).click();
  await expect(page.getByText("Invocations are not kept")).toBeVisible();
});
