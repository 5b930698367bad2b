import { request } from "node:http";
import { text } from "node:stream/consumers";
import { GetPolicyCommand } from "@aws-sdk/client-lambda";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

/** A request to a function URL; not every resolver knows the names below localhost. */
function ask(serverUrl: string, url: string): Promise<string> {
  const { hostname, port } = new URL(serverUrl);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: "/", headers: { host: new URL(url).host } }, (answer) => {
      text(answer).then((body) => resolve(`${answer.statusCode} ${body}`), reject);
    })
      .once("error", reject)
      .end();
  });
}

test("a URL is made for everybody, called, given CORS, and deleted", async ({ page, server, aws }) => {
  const FunctionName = "addressed";
  await makeFunction(aws, FunctionName);
  await page.goto(`${server.url}/console/functions/${FunctionName}/configuration/url`);
  await expect(page.getByText("No function URL")).toBeVisible();
  await page.getByRole("button", { name: "Create function URL" }).click();
  await page.getByRole("radio", { name: "NONE" }).check();
  await expect(page.getByRole("checkbox", { name: "Let everybody invoke the URL" })).toBeChecked();
  await page.getByRole("button", { name: "Equivalent CLI command" }).click();
  await expect(page.getByText("--statement-id FunctionURLAllowPublicAccess")).toBeVisible();
  await page.getByRole("button", { name: "Save" }).click();

  const open = page.getByRole("link", { name: /^Open/ });
  await expect(open).toBeVisible();
  const url = (await open.getAttribute("href")) ?? "";
  expect(url).toMatch(/^http:\/\/[a-z0-9]+\.lambda-url\.us-east-1\.localhost:\d+\/$/);
  expect(await ask(server.url, url)).toBe("200 Hello, World!");
  const { Policy = "" } = await aws.lambda.send(new GetPolicyCommand({ FunctionName }));
  expect(Policy).toContain("FunctionURLAllowInvokeAction");

  await page.getByRole("button", { name: "Edit Function URL" }).click();
  await page.getByRole("checkbox", { name: /^Configure cross-origin/ }).check();
  const origin = page.getByRole("textbox", { name: "Allow origin" });
  await origin.fill("example.com");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("example.com is no origin such as https://www.example.com.")).toBeVisible();
  await origin.fill("https://shop.example.com");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("https://shop.example.com")).toBeVisible();
  await expect(open).toHaveAttribute("href", url);

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Delete the function URL?" });
  await dialog.getByRole("textbox").fill("delete");
  await dialog.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText("No function URL")).toBeVisible();
  expect(await ask(server.url, url)).not.toContain("Hello");
});
