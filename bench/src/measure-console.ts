import { gzipSync } from "node:zlib";
import { CreateFunctionCommand, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import { zipOf } from "@mayfly/testkit";
import { launchChromium } from "@mayfly/testkit/browser";
import { expect, type Browser, type Page } from "@playwright/test";
import type { Bench } from "./bench.ts";
import { goals, type Goal } from "./goals.ts";
import { median, percentile } from "./percentile.ts";
import type { Measurements, Row } from "./report.ts";

const lineCount = 2_000;
const typedCount = 150;

/** Each is empty until a sample is made in it. */
const sampleRegions = ["eu-west-1", "eu-central-1", "us-west-2", "ap-southeast-2", "sa-east-1"];

/** The console in a browser: what the first page loads, how soon it can be used, a function from its creation to its first result, typing. */
export async function measureConsole(bench: Bench): Promise<Measurements> {
  bench.say("the console");
  const browser = await launchChromium();
  try {
    const runs = bench.limits.consoleRuns;
    const first = await repeat(runs, () => firstPage(bench, browser));
    const created = await repeat(runs, (run) => createToResult(bench, browser, `bench-created-${run}`));
    const samples = await repeat(runs, (run) => sampleToResult(bench, browser, sampleRegions[run % sampleRegions.length] ?? ""));
    const typing = await typingMs(bench, browser);
    const row = (measure: string, figure: string, unit: Row["unit"], mayfly: number, goal?: Goal): Row => ({
      measure: `console: ${measure}`,
      figure,
      unit,
      mayfly,
      ...(goal !== undefined && { goal }),
    });
    const sorted = typing.toSorted((a, b) => a - b);
    const scriptBytes = median(first.map((page) => page.scriptBytes));
    return {
      rows: [
        row("JavaScript of the first page", "gzip", "KiB", scriptBytes / 1024, goals.consoleScript),
        row("link to usable list of functions", "p50", "ms", median(first.map(({ usableMs }) => usableMs)), goals.consoleUsable),
        row("Create function to first result", "p50", "ms", median(created), goals.consoleCreate),
        row("Create and run a sample to its result", "p50", "ms", median(samples), goals.consoleSample),
        row(`key to picture, ${lineCount} lines`, "p50", "ms", median(typing)),
        row(`key to picture, ${lineCount} lines`, "p95", "ms", percentile(sorted, 95)),
      ],
    };
  } finally {
    await browser.close();
  }
}

async function repeat<T>(count: number, one: (run: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let run = 0; run < count; run++) results.push(await one(run));
  return results;
}

/** Opens a page with a fresh profile, signed in. */
async function signedIn(bench: Bench, browser: Browser): Promise<Page> {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto(await bench.server().signinUrl());
  await usable(page);
  return page;
}

const usable = (page: Page): Promise<void> => expect(page.getByRole("link", { name: "Create function" }).first()).toBeVisible();

async function firstPage(bench: Bench, browser: Browser): Promise<{ readonly scriptBytes: number; readonly usableMs: number }> {
  const link = await bench.server().signinUrl();
  const context = await browser.newContext();
  const page = await context.newPage();
  const scripts: Promise<Buffer>[] = [];
  page.on("response", (response) => {
    if (response.request().resourceType() === "script") scripts.push(response.body());
  });
  const startedMs = performance.now();
  await page.goto(link, { waitUntil: "commit" });
  await usable(page);
  const usableMs = performance.now() - startedMs;
  const bodies = await Promise.all(scripts);
  await context.close();
  return { usableMs, scriptBytes: bodies.reduce((sum, body) => sum + gzipSync(body).byteLength, 0) };
}

/** From the click on Create function to the result of the first test, with what a person would type pasted. */
async function createToResult(bench: Bench, browser: Browser, name: string): Promise<number> {
  const page = await signedIn(bench, browser);
  await page.getByRole("link", { name: "Create function" }).first().click();
  await page.getByRole("textbox", { name: "Function name" }).fill(name);
  const startedMs = performance.now();
  await page.getByRole("button", { name: "Create function" }).click();
  await expect(page.getByRole("textbox", { name: /code editor/ })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.insertText("// changed\n");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByText("Executing function: succeeded")).toBeVisible();
  const tookMs = performance.now() - startedMs;
  await page.context().close();
  return tookMs;
}

/** From the click on a newcomer's button to the result that it promises. */
async function sampleToResult(bench: Bench, browser: Browser, region: string): Promise<number> {
  const page = await signedIn(bench, browser);
  await page.getByRole("button", { name: /^Region/ }).click();
  await page.getByText(region, { exact: true }).click();
  const start = page.getByRole("button", { name: "Create and run a sample" });
  await expect(start).toBeVisible();
  const startedMs = performance.now();
  await start.click();
  await expect(page.getByText("Executing function: succeeded")).toBeVisible();
  const tookMs = performance.now() - startedMs;
  await page.context().close();
  return tookMs;
}

/** Each key's time from its event to the end of the frame that shows it. */
async function typingMs(bench: Bench, browser: Browser): Promise<number[]> {
  const FunctionName = "bench-typing";
  const lines = Array.from(
    { length: lineCount },
    (_, line) => `    value_${line} = {"line": ${line}, "text": 'of a long file'}  # ${line}`,
  );
  const ZipFile = await zipOf({ "lambda_function.py": `def lambda_handler(event, context):\n${lines.join("\n")}\n` });
  const Role = "arn:aws:iam::123456789012:role/execution_role";
  const client = bench.lambda();
  await client.send(
    new CreateFunctionCommand({ FunctionName, Runtime: "python3.12", Handler: "lambda_function.lambda_handler", Role, Code: { ZipFile } }),
  );
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 30, minDelay: 1 }, { FunctionName });
  const page = await signedIn(bench, browser);
  await page.goto(`${bench.server().url}/console/functions/${FunctionName}/code`);
  await page.getByRole("textbox", { name: /code editor/ }).focus();
  await expect(page.getByText("lambda_handler").first()).toBeVisible();
  await page.evaluate(`
    globalThis.taken = [];
    addEventListener("keydown", (event) => {
      const from = event.timeStamp;
      requestAnimationFrame(() => { const channel = new MessageChannel(); channel.port1.onmessage = () => taken.push(performance.now() - from); channel.port2.postMessage(0); });
    }, { capture: true });`);
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("End");
  await page.keyboard.type("x = 'some words' ".repeat(20).slice(0, typedCount), { delay: 30 });
  const taken = await page.evaluate<number[]>("taken");
  await page.context().close();
  return taken.slice(-typedCount);
}
