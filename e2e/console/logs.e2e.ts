import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const count = 100_000;
const pathOf = (group: string): string => `/console/logs/groups/${encodeURIComponent(group)}`;
const lines = (page: Page) => page.getByRole("log");

async function fill(aws: Clients, logGroupName: string): Promise<void> {
  const logStreamName = "lines";
  await aws.logs.send(new CreateLogGroupCommand({ logGroupName }));
  await aws.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const from = Date.now() - count;
  for (let start = 0; start < count; start += 10_000) {
    const logEvents = Array.from({ length: 10_000 }, (_, index) => ({
      timestamp: from + start + index,
      message: `line ${start + index} of a long log`,
    }));
    await aws.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }
}

test("100,000 lines are read and scrolled through; only those in view are drawn", async ({ page, server, aws }) => {
  test.setTimeout(120_000);
  await fill(aws, "/long");
  await page.goto(`${server.url}${pathOf("/long")}/events`);
  await expect(page.getByRole("heading", { name: "Log events (100,000)" })).toBeVisible({ timeout: 60_000 });
  await expect(lines(page).getByText("line 0 of a long log")).toBeVisible();
  await lines(page).focus();
  await page.keyboard.press("End");
  await expect(lines(page).getByText("line 99999 of a long log")).toBeVisible();
  expect(await lines(page).getByRole("button").count()).toBeLessThan(200);
  await page.keyboard.press("Home");
  await expect(lines(page).getByText("line 0 of a long log")).toBeVisible();
});

test("lines are filtered by pattern and time, opened, and lead to their invocation", async ({ page, server, aws }) => {
  const code = "import json\ndef lambda_handler(event, context):\n    print(json.dumps({'level': event['level'], 'note': 'seen'}))\n";
  await makeFunction(aws, "told", { files: { "lambda_function.py": code } });
  for (const level of ["info", "error"])
    await aws.lambda.send(new InvokeCommand({ FunctionName: "told", Payload: JSON.stringify({ level }) }));
  await page.goto(`${server.url}/console/logs`);
  await page.getByRole("link", { name: "/aws/lambda/told" }).click();
  await page.getByRole("link", { name: /\[\$LATEST\]/ }).click();
  await expect(lines(page).getByText(/"level": "info"/)).toBeVisible();
  await page.getByRole("searchbox").first().fill('{ $.level = "error" }');
  await page.keyboard.press("Enter");
  await expect(lines(page).getByText(/"level": "info"/)).toHaveCount(0);
  await expect(page).toHaveURL(/filter=/);
  await lines(page)
    .getByText(/"level": "error"/)
    .click();
  await expect(lines(page).getByText(/^\{\s+"level": "error",\s+"note": "seen"\s+\}$/)).toBeVisible();
  await page.getByRole("searchbox").first().fill("{ $.level = ");
  await page.keyboard.press("Enter");
  await expect(
    page
      .getByText(/Invalid filter pattern|filter pattern/i)
      .filter({ visible: true })
      .first(),
  ).toBeVisible();
  await page.getByRole("searchbox").first().fill('"REPORT"');
  await page.keyboard.press("Enter");
  await lines(page)
    .getByText(/^REPORT RequestId/)
    .first()
    .click();
  await page.getByRole("link", { name: "Show this invocation" }).click();
  await expect(lines(page).getByText(/^START RequestId/)).toHaveCount(1);
  await page.goBack();
  await expect(lines(page).getByText(/^START RequestId/)).toHaveCount(0);
});

test("a group's retention is set, and the group deleted", async ({ page, server, aws }) => {
  await aws.logs.send(new CreateLogGroupCommand({ logGroupName: "/short" }));
  await page.goto(`${server.url}${pathOf("/short")}`);
  await page.getByRole("button", { name: "Edit retention" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Never expire|Expire/ })
    .click();
  await page.getByRole("option", { name: /^1 week|^7 days/ }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(/^(1 week|7 days)/).first()).toBeVisible();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("dialog").getByRole("textbox").fill("confirm");
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page).toHaveURL(`${server.url}/console/logs`);
  await expect(page.getByRole("link", { name: "/short" })).toHaveCount(0);
});
