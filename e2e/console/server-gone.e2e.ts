import { startServerProcess } from "@mayfly/testkit";
import { expect, test } from "./fixtures.ts";
import { paste } from "./keyboard.ts";
import { makeFunction } from "./make-function.ts";

test("while the server is gone one goes on typing; when it is back all is saved and nobody signs in again", async ({
  page,
  server,
  aws,
}) => {
  await makeFunction(aws, "typed");
  await page.goto(`${server.url}/console/functions/typed/code`);
  await page.getByRole("textbox", { name: /lambda_function\.py/ }).focus();
  await server.kill();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, "def lambda_handler(event, context):\n    return 'typed meanwhile'\n");
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText("The Mayfly server does not answer", { exact: true })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.insertText("# still here\n");

  const port = new URL(server.url).port;
  const again = await startServerProcess({ dataFolder: server.dataFolder, arguments: ["--port", port] });
  await expect(page.getByText("The Mayfly server does not answer", { exact: true })).toBeHidden();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText(/draft saved/)).toBeVisible();
  await page.reload();
  await expect(page.getByText("typed meanwhile")).toBeVisible();
  await expect(page.getByText("still here")).toBeVisible();
  await again.stop();
});
