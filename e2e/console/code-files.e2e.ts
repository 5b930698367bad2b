import { mkdtempSync, openSync, closeSync, rmSync, ftruncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GetFunctionConfigurationCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { paste } from "./keyboard.ts";
import { makeFunction } from "./make-function.ts";

const editor = (page: Page, file: string) => page.getByRole("textbox", { name: `${file}, code editor` });
const dialog = (page: Page) => page.getByRole("dialog");
const tree = (page: Page) => page.getByRole("navigation", { name: "Explorer" });

async function openCode(page: Page, url: string, functionName: string, file: string): Promise<void> {
  await page.goto(`${url}/console/functions/${functionName}/code`);
  await editor(page, file).focus();
}

async function more(page: Page, item: RegExp): Promise<void> {
  await page.getByRole("button", { name: "More actions on the code" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

async function onFile(page: Page, path: string, item: string): Promise<void> {
  await page.getByRole("button", { name: `Actions for ${path}`, exact: true }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** The text in the editor, as copying all of it gives. */
async function textOf(page: Page, file: string): Promise<string> {
  await editor(page, file).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("ControlOrMeta+c");
  return page.evaluate<string>("navigator.clipboard.readText()");
}

test("a file is formatted by key and by menu; where there is no formatter the menu says so", async ({ page, server, aws }) => {
  const ugly = "export const handler=async(event)=>{return {ok:true}}\n";
  const formatted = "export const handler = async (event) => { return { ok: true } }\n";
  await makeFunction(aws, "ugly", {
    runtime: "nodejs24.x",
    handler: "index.handler",
    files: { "index.mjs": ugly, "tool.py": "x=1\n", "data.json": '{"a":[1,2]}' },
  });
  await openCode(page, server.url, "ugly", "index.mjs");
  await expect(async () => {
    await editor(page, "index.mjs").press("Shift+Alt+F");
    expect(await textOf(page, "index.mjs")).toBe(formatted);
  }).toPass();
  await expect(page.getByText("You have undeployed changes")).toBeVisible();

  await tree(page).getByRole("button", { name: "data.json", exact: true }).click();
  await expect(editor(page, "data.json")).toBeAttached();
  await expect(async () => {
    await more(page, /^Format the file/);
    expect(await textOf(page, "data.json")).toMatch(/^\{\n\s+"a": \[\n?\s*1,/);
  }).toPass();

  await tree(page).getByRole("button", { name: "tool.py", exact: true }).click();
  await page.getByRole("button", { name: "More actions on the code" }).click();
  await expect(page.getByRole("menuitem", { name: /^Format the file/ })).toHaveAttribute("aria-disabled", "true");
});

test("a package over the limit is refused before anything is sent", async ({ page, server, aws }) => {
  const folder = mkdtempSync(join(tmpdir(), "mayfly-too-large-"));
  const path = join(folder, "too-large.zip");
  const file = openSync(path, "w");
  ftruncateSync(file, 50 * 1024 * 1024 + 1);
  closeSync(file);
  await makeFunction(aws, "limited");
  const before = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "limited" }));
  const sent: string[] = [];
  page.on("request", (request) => void (request.method() === "PUT" && sent.push(request.url())));
  await openCode(page, server.url, "limited", "lambda_function.py");
  await page.getByRole("button", { name: "Upload from" }).click();
  await page.getByRole("menuitem", { name: ".zip file", exact: true }).click();
  await page.locator("input[type=file]").setInputFiles(path);
  await expect(
    dialog(page)
      .getByText(/larger than 50 MB/)
      .first(),
  ).toBeVisible();
  await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
  await expect(dialog(page)).toBeVisible();
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  expect(sent.filter((url) => url.includes("/code"))).toEqual([]);
  const after = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "limited" }));
  expect(after.RevisionId).toBe(before.RevisionId);
  rmSync(folder, { recursive: true });
});

test("a file is dragged into a folder, a folder renamed with what is in it, and nothing is moved into itself", async ({
  page,
  server,
  aws,
}) => {
  await makeFunction(aws, "moved", {
    files: {
      "lambda_function.py": "from shared.words import greeting\n\ndef lambda_handler(event, context):\n    return greeting\n",
      "words.py": "greeting = 'moved'\n",
      "lib/other.py": "pass\n",
    },
  });
  await openCode(page, server.url, "moved", "lambda_function.py");
  await tree(page)
    .getByRole("button", { name: "words.py", exact: true })
    .dragTo(tree(page).getByText("lib", { exact: true }));
  await expect(page.getByRole("button", { name: "Actions for lib/words.py" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Actions for words.py", exact: true })).toHaveCount(0);
  await tree(page)
    .getByRole("button", { name: /^words\.py/ })
    .click();
  await expect(editor(page, "lib/words.py")).toBeAttached();

  const path = dialog(page).getByRole("textbox", { name: "Path" });
  await onFile(page, "lib", "Rename or move");
  await path.fill("lib/inner");
  await page.keyboard.press("Enter");
  await expect(dialog(page).getByText("lib can't be moved into itself.").first()).toBeVisible();
  await path.fill("lambda_function.py/lib");
  await expect(dialog(page).getByText("lambda_function.py is a file, so nothing can be in it.").first()).toBeVisible();
  await path.fill("shared");
  await page.keyboard.press("Enter");
  // What was open stays open under its new name.
  await expect(editor(page, "shared/words.py")).toBeAttached();
  await expect(page.getByRole("button", { name: "Actions for shared/other.py" })).toBeVisible();
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.getByText("Successfully updated the function moved.")).toBeVisible();
  const { Payload } = await aws.lambda.send(new InvokeCommand({ FunctionName: "moved" }));
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toBe("moved");
});

test("find in files looks into drafts too and leads to the line; quick open takes a few letters", async ({ page, server, aws }) => {
  await makeFunction(aws, "searched", {
    files: { "lambda_function.py": "def lambda_handler(event, context):\n    pass\n", "app/models/order.py": "a = 1\nneedle = 2\n" },
  });
  await openCode(page, server.url, "searched", "lambda_function.py");
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, "# a Needle that is not deployed\n");
  await page.keyboard.press("ControlOrMeta+Shift+f");
  const hits = dialog(page).getByRole("list", { name: "Lines found" });
  const wanted = dialog(page).getByRole("searchbox", { name: "Text to find" });
  // Who types has the cursor in the field; before that the dialog is still being put up.
  await expect(wanted).toBeFocused();
  await wanted.fill("needle");
  await expect(hits.getByRole("listitem")).toHaveCount(2);
  await expect(hits).toContainText("lambda_function.py:1");
  await hits.getByText("app/models/order.py:2").click();
  await expect(editor(page, "app/models/order.py")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+Shift+f");
  await expect(wanted).toBeFocused();
  await wanted.fill("no such text");
  await expect(dialog(page).getByText("Nothing found.")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(editor(page, "app/models/order.py")).toBeFocused();
  await expect(page.locator(".squiggly-error")).toHaveCount(0);

  await page.keyboard.press("ControlOrMeta+p");
  await page.getByRole("combobox").fill("lmbda");
  await expect(dialog(page).getByRole("option")).toHaveText([/lambda_function\.py/]);
  await page.keyboard.press("Enter");
  await expect(editor(page, "lambda_function.py")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+p");
  await page.getByRole("combobox").fill("zzz");
  await expect(dialog(page).getByText("No file is called that.")).toBeVisible();
});
