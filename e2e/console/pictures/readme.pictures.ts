import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "../fixtures.ts";
import { ordersEvent, test } from "../views/seed.ts";
import { runTest } from "../views/page-views.ts";

const folder = join(import.meta.dirname, "../../../docs/images");

test.use({ viewport: { width: 1280, height: 960 }, colorScheme: "light" });
test.beforeAll(() => void mkdirSync(folder, { recursive: true }));

test("a function's code and the result of its test", async ({ page, server }) => {
  await page.goto(`${server.url}/console/functions/orders-import/test`);
  await runTest(page, ordersEvent);
  await page.getByRole("tab", { name: "Code" }).click();
  await expect(page.getByText("lambda_handler").first()).toBeVisible();
  await page.getByRole("button", { name: "Test", exact: true }).click();
  await expect(page.getByText("Executing function: succeeded")).toBeVisible();
  await page.getByRole("heading", { name: /Code source/ }).evaluate((heading) => heading.scrollIntoView());
  await page.mouse.move(400, 300);
  await page.mouse.wheel(0, -70);
  await page.screenshot({ path: join(folder, "code.png"), animations: "disabled" });
});

test("create function", async ({ page, server }) => {
  await page.goto(`${server.url}/console/functions/create`);
  await page.getByRole("textbox", { name: "Function name" }).fill("welcome-mail");
  await page.screenshot({ path: join(folder, "create.png"), animations: "disabled" });
});

test("a function's log", async ({ page, server }) => {
  await page.goto(`${server.url}/console/logs/groups/%2Faws%2Flambda%2Forders-import/events`);
  await expect(page.getByText(/REPORT RequestId:/).first()).toBeVisible();
  await page.screenshot({ path: join(folder, "logs.png"), animations: "disabled" });
});
