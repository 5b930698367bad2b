import type { Locator, Page } from "@playwright/test";
import { paste } from "./keyboard.ts";

/** The panel that tells what came of a test. */
export const result = (page: Page): Locator => page.getByRole("region", { name: "Execution result" });

/** Opens a function's Test tab with an event filled in. */
export async function openTest(page: Page, url: string, functionName: string, event: unknown = {}): Promise<void> {
  await page.goto(`${url}/console/functions/${functionName}/test`);
  await page.getByRole("textbox", { name: /Event JSON/ }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, JSON.stringify(event));
}

/** Clicks Test. */
export const runTest = (page: Page): Promise<void> => page.getByRole("button", { name: "Test", exact: true }).click();

/** A Python package whose handler has this body, indented by four spaces. */
export const python = (body: string): Readonly<Record<string, string>> => ({
  "lambda_function.py": `import os\nimport time\n\n\ndef lambda_handler(event, context):\n${body}\n`,
});
