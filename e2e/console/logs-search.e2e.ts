import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { Clients, ServerProcess } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const minuteMs = 60_000;
const logGroupName = "/dated";
const lines = (page: Page) => page.getByRole("log");
const filter = (page: Page) => page.getByRole("searchbox", { name: "Filter pattern" });

/** Lines of different ages. */
test.beforeAll(async ({ aws: { logs } }) => {
  const logStreamName = "ages";
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const ages: readonly (readonly [minutes: number, message: string])[] = [
    [3 * 24 * 60, "three days ago"],
    [120, "two hours ago"],
    [20, "twenty minutes ago"],
    [1, JSON.stringify({ level: "ERROR", order: { id: 17, items: ["tea", "cake"] } })],
  ];
  const now = Date.now();
  // A request may hold a day at most.
  for (const [minutes, message] of ages) {
    const logEvents = [{ timestamp: now - minutes * minuteMs, message }];
    await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
  }
});

async function openLog(page: Page, server: ServerProcess, search = ""): Promise<void> {
  await page.goto(`${server.url}/console/logs/groups/${encodeURIComponent(logGroupName)}/events${search}`);
  await expect(lines(page)).toBeVisible();
}

const openRange = (page: Page) => page.getByRole("button", { name: /Time range/ }).click();

test("a relative time range changes what is shown and is in the address", async ({ page, server }) => {
  await openLog(page, server);
  await expect(lines(page).getByText("three days ago")).toBeVisible();
  await openRange(page);
  await expect(page.getByRole("radio", { name: "Last 3 hours" })).toBeVisible();
  await page.getByRole("radio", { name: "Last 30 minutes" }).check();
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page).toHaveURL(/range=30m/);
  await expect(lines(page).getByText("two hours ago")).toHaveCount(0);
  await expect(lines(page).getByText("twenty minutes ago")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Log events (2)" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("heading", { name: "Log events (2)" })).toBeVisible();
  await page.getByRole("button", { name: "UTC", exact: true }).click();
  await expect(page).toHaveURL(/zone=utc/);
  await page.reload();
  await expect(page.getByRole("button", { name: "UTC", exact: true })).toHaveAttribute("aria-pressed", "true");
  await page.goBack();
  await expect(lines(page).getByText("three days ago")).toBeVisible();
});

test("an absolute time range is checked, then shows what lies between", async ({ page, server }) => {
  await openLog(page, server);
  await page.getByRole("button", { name: "UTC" }).click();
  await openRange(page);
  await page.getByRole("button", { name: "Absolute mode" }).click();
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("Choose a start and an end.").first()).toBeVisible();
  const at = (minutesAgo: number): readonly [date: string, time: string] => {
    const text = new Date(Date.now() - minutesAgo * minuteMs).toISOString();
    return [text.slice(0, 10).replaceAll("-", "/"), text.slice(11, 19)];
  };
  const fill = async (which: "Start" | "End", [date, time]: readonly [string, string]): Promise<void> => {
    await page.getByRole("textbox", { name: new RegExp(`^${which} date`) }).fill(date);
    await page.getByRole("textbox", { name: new RegExp(`^${which} time`) }).fill(time);
  };
  await fill("Start", at(60));
  await fill("End", at(180));
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("The start must be before the end.").first()).toBeVisible();
  await fill("Start", at(180));
  await fill("End", at(60));
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByRole("heading", { name: "Log events (1)" })).toBeVisible();
  await expect(lines(page).getByText("two hours ago")).toBeVisible();
  await expect(page).toHaveURL(/range=\d+(~|%7E)\d+/);
});

test("a range without lines says so", async ({ page, server }) => {
  await page.goto(`${server.url}/console/logs/groups/${encodeURIComponent(logGroupName)}/events?range=1000~2000`);
  await expect(page.getByText("No line matches")).toBeVisible();
  await expect(page.getByText("Change the filter or the time.")).toBeVisible();
});

test("a wrong filter pattern is told at its field; going back brings the earlier one", async ({ page, server }) => {
  await openLog(page, server);
  await filter(page).fill("twenty");
  await filter(page).press("Enter");
  await expect(page.getByRole("heading", { name: "Log events (1)" })).toBeVisible();
  await filter(page).fill("{ $.level = ");
  await filter(page).press("Enter");
  await expect(filter(page)).toHaveAttribute("aria-invalid", "true");
  await expect(filter(page)).toHaveAccessibleDescription(/Invalid filter pattern/i);
  await page.goBack();
  await expect(filter(page)).toHaveValue("twenty");
  await expect(filter(page)).not.toHaveAttribute("aria-invalid", "true");
  await expect(page.getByRole("heading", { name: "Log events (1)" })).toBeVisible();
});

test("a line of JSON is spread out, by keyboard too, and copied as it was", async ({ page, server }) => {
  await openLog(page, server, `?filter=${encodeURIComponent("{ $.order.id = 17 }")}`);
  await lines(page).focus();
  await page.keyboard.press("Enter");
  await expect(lines(page).getByText(/"items": \[\s+"tea",\s+"cake"\s+\]/)).toBeVisible();
  await lines(page).getByRole("button", { name: "Copy the line" }).click();
  expect(JSON.parse(await page.evaluate<string>("navigator.clipboard.readText()"))).toMatchObject({ order: { id: 17 } });
  await page.keyboard.press("Tab");
  await lines(page).focus();
  await page.keyboard.press("Enter");
  await expect(lines(page).getByText(/"items": \[\s+"tea"/)).toHaveCount(0);
});

test("a line leads to its invocation, with figures, and back to all lines", async ({ page, server, aws }) => {
  await makeFunction(aws, "linked");
  const run = ({ lambda }: Clients, n: number) =>
    lambda.send(new InvokeCommand({ FunctionName: "linked", Payload: JSON.stringify({ n }) }));
  await run(aws, 1);
  await run(aws, 2);
  await page.goto(`${server.url}/console/logs/groups/${encodeURIComponent("/aws/lambda/linked")}/events`);
  await expect(lines(page).getByText("hello {'n': 2}")).toBeVisible();
  await lines(page)
    .getByText(/^START RequestId/)
    .last()
    .click();
  await page.getByRole("link", { name: "Show this invocation" }).click();
  await expect(page.getByRole("heading", { name: "Invocation", exact: true })).toBeVisible();
  await expect(page.getByText("- (warm start)")).toBeVisible();
  await expect(lines(page).getByText("hello {'n': 2}")).toBeVisible();
  await expect(lines(page).getByText("hello {'n': 1}")).toHaveCount(0);
  await page.getByRole("button", { name: "Show all lines" }).click();
  await expect(lines(page).getByText("hello {'n': 1}")).toBeVisible();
});
