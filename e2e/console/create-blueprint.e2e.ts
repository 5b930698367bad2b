import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { openCreate } from "./create-page.ts";
import { expect, test } from "./fixtures.ts";

const folder = fileURLToPath(new URL("../../apps/console/src/functions/create/blueprints/", import.meta.url));
const line = (record: object): string => Buffer.from(`${JSON.stringify(record)}\n`).toString("base64");

/** Each blueprint with what its sample event is answered. */
const blueprints = [
  { id: "hello-world-python", name: "Hello world (Python)", answer: { greeting: "Hello Ada!", function: "try-hello-world-python" } },
  { id: "hello-world-nodejs", name: "Hello world (Node.js)", answer: { greeting: "Hello Ada!", function: "try-hello-world-nodejs" } },
  {
    id: "http-api-nodejs",
    name: "JSON over HTTP",
    answer: { statusCode: 201, headers: { "content-type": "application/json" }, body: '{"total":1800,"items":2}' },
  },
  {
    id: "s3-events-python",
    name: "Log of S3 objects",
    answer: { objects: 2, bytes: 1024, keys: ["photos/summer holiday.jpg", "photos/old.jpg"] },
  },
  {
    id: "sqs-batch-python",
    name: "Batches of SQS messages",
    answer: {
      batchItemFailures: [
        { itemIdentifier: "22222222-2222-4222-8222-222222222222" },
        { itemIdentifier: "33333333-3333-4333-8333-333333333333" },
      ],
    },
  },
  {
    id: "firehose-transform-nodejs",
    name: "Transform JSON records",
    answer: {
      records: [
        { recordId: "1", result: "Ok", data: line({ sensor: "roof", level: "info", fahrenheit: 68, celsius: 20 }) },
        { recordId: "2", result: "Dropped", data: expect.any(String) as unknown },
        { recordId: "3", result: "ProcessingFailed", data: expect.any(String) as unknown },
      ],
    },
  },
];

for (const { id, name, answer } of blueprints) {
  test(`the blueprint ${name} is created and answers its sample event`, async ({ page, aws }) => {
    await openCreate(page);
    await page.getByRole("radio", { name: "Use a blueprint" }).click();
    await page.getByRole("searchbox", { name: "Find blueprints" }).fill(name);
    await page.getByRole("button", { name: `Use this blueprint: ${name}` }).click();
    await page.getByLabel("Function name").fill(`try-${id}`);
    await page.getByRole("tab", { name: "Sample event" }).click();
    await page.getByRole("button", { name: "Create function" }).click();
    await expect(page).toHaveURL(new RegExp(`/functions/try-${id}/code`));
    const { Payload, FunctionError } = await aws.lambda.send(
      new InvokeCommand({ FunctionName: `try-${id}`, Payload: readFileSync(`${folder}${id}/event.json`) }),
    );
    expect(FunctionError).toBeUndefined();
    expect(JSON.parse(new TextDecoder().decode(Payload))).toEqual(answer);
  });
}

test("a search without a match says so, and going back keeps to the cards", async ({ page }) => {
  await openCreate(page, "?method=blueprint");
  const search = page.getByRole("searchbox", { name: "Find blueprints" });
  await search.fill("no such thing");
  await page.getByRole("button", { name: "Clear the search" }).click();
  await page.getByRole("button", { name: "Use this blueprint: JSON over HTTP" }).click();
  await expect(page.getByLabel("index.mjs", { exact: true }).getByText("POST /orders")).toBeVisible();
  await page.goBack();
  await expect(search).toBeVisible();
});
