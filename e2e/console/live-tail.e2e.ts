import { CreateLogGroupCommand, CreateLogStreamCommand, PutLogEventsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { InvokeCommand } from "@aws-sdk/client-lambda";
import { clientsFor, startServerProcess, type Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const lines = (page: Page) => page.getByRole("log");
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

async function makeStream(aws: Clients, logGroupName: string): Promise<(...messages: string[]) => Promise<unknown>> {
  const stream = { logGroupName, logStreamName: "s" };
  await aws.logs.send(new CreateLogGroupCommand(stream));
  await aws.logs.send(new CreateLogStreamCommand(stream));
  return putTo(aws, logGroupName);
}

const putTo =
  (aws: Clients, logGroupName: string) =>
  (...messages: string[]): Promise<unknown> => {
    const logEvents = messages.map((message) => ({ timestamp: Date.now(), message }));
    return aws.logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: "s", logEvents }));
  };

async function startTail(page: Page, url: string, group: string): Promise<void> {
  await page.goto(`${url}/console/logs/live-tail?groups=${encodeURIComponent(group)}`);
  await button(page, "Start").click();
  await expect(page.getByText(/^Tailing for/)).toBeVisible();
}

test("a function's lines come as it runs, over one session and without asking again", async ({ page, server, aws }) => {
  await makeFunction(aws, "tailed", { invoke: true });
  const asked: string[] = [];
  page.on("request", (request) => asked.push(request.headers()["x-amz-target"] ?? ""));
  await startTail(page, server.url, "/aws/lambda/tailed");
  for (const mark of ["first", "second", "third"]) {
    await aws.lambda.send(new InvokeCommand({ FunctionName: "tailed", Payload: JSON.stringify({ mark }) }));
    await expect(lines(page).getByText(`hello {'mark': '${mark}'}`)).toHaveCount(1);
  }
  expect(asked.filter((target) => target.endsWith(".StartLiveTail"))).toHaveLength(1);
  expect(asked.filter((target) => target.endsWith(".FilterLogEvents"))).toHaveLength(1);
  await expect(lines(page).getByText("hello {'mark': 'first'}")).toHaveCount(1);
});

test("the Test tab leads to the function's Live Tail; what is looked for is in the address", async ({ page, server, aws }) => {
  await makeFunction(aws, "led-to", { invoke: true });
  await page.goto(`${server.url}/console/functions/led-to/test`);
  await page.getByRole("link", { name: "CloudWatch Logs Live Tail" }).click();
  await page.getByRole("textbox", { name: "Highlight terms" }).fill("hello");
  await expect(page).toHaveURL(/groups=%2Faws%2Flambda%2Fled-to.*highlight=hello/);
  await page.reload();
  await button(page, "Start").click();
  await aws.lambda.send(new InvokeCommand({ FunctionName: "led-to" }));
  await expect(lines(page).locator("mark", { hasText: "hello" }).first()).toBeVisible();
});

test("Pause keeps what is shown while lines are collected; Clear begins anew", async ({ page, server, aws }) => {
  const put = await makeStream(aws, "/paused");
  await startTail(page, server.url, "/paused");
  await put("before the pause");
  await expect(lines(page).getByText("before the pause")).toBeVisible();
  await button(page, "Pause").click();
  await put("during the pause");
  await expect(page.getByText(/^Paused; lines are still collected for .*, 2 lines/)).toBeVisible();
  await expect(lines(page).getByText("during the pause")).toHaveCount(0);
  await button(page, "Resume").click();
  await expect(lines(page).getByText("during the pause")).toBeVisible();
  await button(page, "Clear").click();
  await put("after clearing");
  await expect(lines(page).getByText("after clearing")).toBeVisible();
  await expect(lines(page).getByText("during the pause")).toHaveCount(0);
});

test("of more than 500 lines in a second a sample is shown, and it says so", async ({ page, server, aws }) => {
  const put = await makeStream(aws, "/busy");
  await startTail(page, server.url, "/busy");
  await put("quiet");
  await expect(lines(page).getByText("quiet")).toBeVisible();
  await put(...Array.from({ length: 3_000 }, (_, index) => `busy ${index}`));
  await expect(page.getByText("More than 500 matching lines in a second: a sample is shown")).toBeVisible();
  await expect(page.getByText(/^Tailing for .*, 501 lines/)).toBeVisible();
});

test("a session that is stopped frees its place on the server", async ({ page, server, aws }) => {
  const put = await makeStream(aws, "/places");
  await startTail(page, server.url, "/places");
  for (let round = 0; round < 20; round++) {
    const begun = page.waitForResponse((response) => response.request().headers()["x-amz-target"]?.endsWith(".StartLiveTail") ?? false);
    await button(page, "Stop").click();
    await button(page, "Start").click();
    expect((await begun).status()).toBe(200);
  }
  await put("still there");
  await expect(lines(page).getByText("still there")).toBeVisible();
});

test("a tab that is not looked at holds no session, and misses nothing", async ({ page, server, aws }) => {
  const put = await makeStream(aws, "/hidden");
  await startTail(page, server.url, "/hidden");
  await put("in view");
  await expect(lines(page).getByText("in view")).toBeVisible();
  const ended = page.waitForEvent("requestfailed", (request) => request.headers()["x-amz-target"]?.endsWith(".StartLiveTail") ?? false);
  const setHidden = (hidden: boolean): Promise<unknown> =>
    page.evaluate(
      `Object.defineProperty(document, "hidden", { value: ${hidden}, configurable: true }); document.dispatchEvent(new Event("visibilitychange"));`,
    );
  await setHidden(true);
  await ended;
  await put("out of view");
  await setHidden(false);
  await expect(lines(page).getByText("out of view")).toHaveCount(1);
  await expect(lines(page).getByText("in view", { exact: true })).toHaveCount(1);
});

test("when the server is back after a stop, lines go on, those of its first moments too", async ({ page, server, aws }) => {
  const put = await makeStream(aws, "/restarted");
  await startTail(page, server.url, "/restarted");
  await put("before the stop");
  await expect(lines(page).getByText("before the stop")).toBeVisible();
  await server.stop();
  await expect(page.getByText("The Mayfly server does not answer", { exact: true })).toBeVisible();
  const again = await startServerProcess({ dataFolder: server.dataFolder, arguments: ["--port", new URL(server.url).port] });
  const clients = clientsFor(again);
  try {
    await putTo(clients, "/restarted")("after the stop");
    await expect(lines(page).getByText("after the stop")).toHaveCount(1);
    await expect(page.getByText("The Mayfly server does not answer", { exact: true })).toBeHidden();
    await putTo(clients, "/restarted")("and on");
    await expect(lines(page).getByText("and on")).toHaveCount(1);
    await expect(lines(page).getByText("before the stop")).toHaveCount(1);
  } finally {
    clients.destroy();
    await again.stop();
  }
});
