import type { Page, Request, Route } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { paste } from "./keyboard.ts";
import { makeFunction } from "./make-function.ts";
import { openTest, result, runTest } from "./test-page.ts";

/** Holds back the server's answers to some requests until they are released. */
async function holdBack(page: Page, isHeld: (request: Request) => boolean): Promise<() => Promise<void>> {
  const held: Route[] = [];
  await page.route("**", async (route) => {
    if (isHeld(route.request())) held.push(route);
    else await route.continue();
  });
  return async () => {
    expect(held.length).toBeGreaterThan(0);
    await Promise.all(held.map((route) => route.continue()));
    await page.unroute("**");
  };
}

/** What is used of the browser's globals inside the page; this suite is compiled without the DOM's types. */
interface InPage {
  readonly document: {
    addEventListener(
      type: "click",
      listener: (event: { readonly target: InElement }) => void,
      options: { capture: true; once: true },
    ): void;
  };
  readonly performance: { now(): number };
  readonly MutationObserver: new (look: () => void) => { observe(target: unknown, options: object): void; disconnect(): void };
  reactionMs?: number;
}
interface InElement {
  closest(selector: string): InElement | null;
  getAttribute(name: string): string | null;
}

/** From now on notes inside the page how long the next button that is clicked takes to look busy. Answers with a function that reports it. */
async function timeReaction(page: Page): Promise<() => Promise<void>> {
  await page.evaluate(() => {
    const inPage = globalThis as unknown as InPage;
    const onClick = ({ target }: { readonly target: InElement }): void => {
      const clickedAt = inPage.performance.now();
      const button = target.closest("button");
      const observer = new inPage.MutationObserver(() => {
        if (button?.getAttribute("aria-disabled") !== "true") return;
        inPage.reactionMs = inPage.performance.now() - clickedAt;
        observer.disconnect();
      });
      observer.observe(inPage.document, { subtree: true, childList: true, attributes: true });
    };
    inPage.document.addEventListener("click", onClick, { capture: true, once: true });
  });
  return async () => {
    const reactionMs = await page.evaluate(() => (globalThis as unknown as InPage).reactionMs);
    expect(reactionMs).toBeGreaterThanOrEqual(0);
    test.info().annotations.push({ type: "measured", description: `busy ${reactionMs?.toFixed(1)} ms after the click` });
  };
}

const isBusy = (page: Page, name: string) =>
  expect(page.getByRole("button", { name, exact: true })).toHaveAttribute("aria-disabled", "true");

test("Test reacts before the server has answered, and the page stays usable", async ({ page, server, aws }) => {
  await makeFunction(aws, "prompt");
  await openTest(page, server.url, "prompt", { name: "Ann" });
  const release = await holdBack(page, (request) => request.url().endsWith("/functions/prompt/invocations"));
  const report = await timeReaction(page);
  await runTest(page);
  await expect(result(page).getByText("Executing function: running")).toBeVisible();
  await isBusy(page, "Test");
  await report();

  const event = page.getByRole("textbox", { name: /Event JSON/ });
  await event.fill('{"typed": "meanwhile"}');
  await page.getByRole("tab", { name: "Configuration" }).click();
  await expect(page.getByRole("button", { name: "Edit General configuration" })).toBeVisible();
  await page.getByRole("tab", { name: "Test" }).click();
  await expect(event).toHaveValue('{"typed": "meanwhile"}');
  await expect(result(page).getByText("Executing function: running")).toBeVisible();

  await release();
  await expect(result(page).getByText("Executing function: succeeded")).toBeVisible();
});

test("Deploy reacts before the server has answered, and the page stays usable", async ({ page, server, aws }) => {
  await makeFunction(aws, "swift");
  await page.goto(`${server.url}/console/functions/swift/code`);
  const editor = page.getByRole("textbox", { name: "lambda_function.py, code editor" });
  await editor.focus();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, "def lambda_handler(event, context):\n    return 'deployed'\n");
  await expect(page.getByText(/draft saved/)).toBeVisible();
  const release = await holdBack(page, (request) => request.headers()["x-amz-target"]?.endsWith(".DeployFunctionFiles") === true);
  const report = await timeReaction(page);
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await isBusy(page, "Deploy");
  await report();

  await editor.focus();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("# typed meanwhile");
  await expect(page.getByText("# typed meanwhile")).toBeVisible();
  await page.getByRole("tab", { name: "Configuration" }).click();
  await expect(page.getByRole("button", { name: "Edit General configuration" })).toBeVisible();
  await page.getByRole("tab", { name: "Code" }).click();
  await expect(page.getByText("# typed meanwhile")).toBeVisible();

  await release();
  await expect(page.getByText("Successfully updated the function swift.")).toBeVisible();
  // What was typed meanwhile is the next draft.
  await expect(page.getByText("You have undeployed changes")).toBeVisible();
  await expect(page.getByText("# typed meanwhile")).toBeVisible();
});
