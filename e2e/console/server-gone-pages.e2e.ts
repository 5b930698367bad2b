import { startServerProcess } from "@mayfly/testkit";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

test("an editor whose parts got lost on the way comes by itself", async ({ page, server, aws }) => {
  await makeFunction(aws, "edited");
  await page.route(/monaco-bundle.*\.css$/, (route) => route.abort("failed"), { times: 1 });
  await page.goto(`${server.url}/console/functions/edited/code`);
  await expect(page.getByRole("textbox", { name: "lambda_function.py, code editor" })).toBeAttached();
});

test("a list whose service's part got lost on the way comes by itself", async ({ page, server }) => {
  await page.route(/assets\/sqs-.*\.js$/, (route) => route.abort("failed"), { times: 1 });
  await page.goto(`${server.url}/console/sqs/queues`);
  await expect(page.getByText("No queues", { exact: true })).toBeVisible();
});

test("a part that got lost is told where somebody may have typed, and what was typed stays", async ({ page, server }) => {
  await page.route(/assets\/sqs-.*\.js$/, (route) => route.abort("failed"), { times: 1 });
  await page.goto(`${server.url}/console/sqs/queues/create`);
  await page.getByRole("textbox", { name: /^Name/ }).fill("orders");
  await page.getByRole("button", { name: "Create queue" }).click();
  await expect(page.getByText("Reload the page to go on.")).toBeVisible();
  await expect(page.getByRole("textbox", { name: /^Name/ })).toHaveValue("orders");
});

test("a page that is gone to while the server is away comes by itself when it is back", async ({ page, server }) => {
  await expect(page.getByRole("heading", { level: 1, name: /^Functions/ })).toBeVisible();
  await server.kill();
  await page.getByRole("link", { name: "Policies" }).click();
  await expect(page.getByText("The Mayfly server does not answer", { exact: true })).toBeVisible();
  const again = await startServerProcess({ dataFolder: server.dataFolder, arguments: ["--port", new URL(server.url).port] });
  await expect(page.getByRole("link", { name: "AWSLambdaBasicExecutionRole", exact: true })).toBeVisible();
  await again.stop();
});
