import { startServerProcess } from "@mayfly/testkit";
import { expect, test } from "./fixtures.ts";

test("a page that is gone to while the server is away comes by itself when it is back", async ({ page, server }) => {
  await expect(page.getByRole("heading", { level: 1, name: /^Functions/ })).toBeVisible();
  await server.kill();
  await page.getByRole("link", { name: "Policies" }).click();
  await expect(page.getByText("The Mayfly server does not answer", { exact: true })).toBeVisible();
  const again = await startServerProcess({ dataFolder: server.dataFolder, arguments: ["--port", new URL(server.url).port] });
  await expect(page.getByRole("link", { name: "AWSLambdaBasicExecutionRole", exact: true })).toBeVisible();
  await again.stop();
});
