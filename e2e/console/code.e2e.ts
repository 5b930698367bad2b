import { GetFunctionConfigurationCommand, InvokeCommand, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { zipOf, type Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, signIn, test } from "./fixtures.ts";
import { paste } from "./keyboard.ts";
import { makeFunction } from "./make-function.ts";

const code = (answer: string): string => `def lambda_handler(event, context):\n    return ${JSON.stringify(answer)}\n`;
const editor = (page: Page, file = "lambda_function.py") => page.getByRole("textbox", { name: `${file}, code editor` });
const undeployed = (page: Page) => page.getByText("You have undeployed changes");

async function openCode(page: Page, url: string, functionName: string): Promise<void> {
  await page.goto(`${url}/console/functions/${functionName}/code`);
  await editor(page).focus();
}

async function rewrite(page: Page, text: string): Promise<void> {
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, text);
  await expect(undeployed(page)).toBeVisible();
}

async function make(aws: Clients, name: string, answer = "first"): Promise<void> {
  await makeFunction(aws, name, { files: { "lambda_function.py": code(answer) } });
}

async function answerOf(aws: Clients, FunctionName: string): Promise<unknown> {
  const { Payload } = await aws.lambda.send(new InvokeCommand({ FunctionName }));
  return JSON.parse(Buffer.from(Payload ?? []).toString());
}

test("a draft outlives a reload and is there in another browser", async ({ page, browser, server, aws }) => {
  await make(aws, "draft");
  await openCode(page, server.url, "draft");
  await rewrite(page, code("drafted"));
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText(/draft saved/)).toBeVisible();
  await page.reload();
  await expect(page.getByText("drafted")).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  await signIn(other, server);
  await openCode(other, server.url, "draft");
  await expect(other.getByText("drafted")).toBeVisible();
  await expect(undeployed(other)).toBeVisible();
  await other.context().close();
  expect(await answerOf(aws, "draft")).toBe("first");

  await page.getByRole("button", { name: "More actions on the code" }).click();
  await page.getByRole("menuitem", { name: "Discard undeployed changes" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
  await expect(page.getByText("Deployed: this is the code that runs")).toBeVisible();
  await expect(page.getByText("drafted")).toHaveCount(0);
});

test("keys deploy, and deploy and test; an earlier deploy is compared and comes back", async ({ page, server, aws }) => {
  await make(aws, "keys");
  await openCode(page, server.url, "keys");
  await rewrite(page, code("second"));
  await page.keyboard.press("ControlOrMeta+Shift+u");
  await expect(page.getByText("Successfully updated the function keys.")).toBeVisible();
  expect(await answerOf(aws, "keys")).toBe("second");
  await editor(page).focus();
  await rewrite(page, code("third"));
  await page.keyboard.press("ControlOrMeta+Enter");
  const result = page.getByRole("region", { name: "Execution result" });
  await expect(result.getByLabel("Response", { exact: true })).toContainText('"third"');

  await page.getByRole("tab", { name: "Deployments" }).click();
  const rows = page.getByRole("table", { name: "Deployments" }).getByRole("row");
  await expect(rows).toHaveCount(4);
  await rows.last().getByRole("button", { name: "Compare with what runs" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText('"first"')).toBeVisible();
  await expect(dialog.getByText('"third"')).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await rows.last().getByRole("button", { name: "Revert to this" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revert" }).click();
  await expect(page.getByText("The function keys runs its earlier code again.")).toBeVisible();
  await expect.poll(() => answerOf(aws, "keys")).toBe("first");
});

test("two windows on one function warn instead of overwriting", async ({ page, context, server, aws }) => {
  await make(aws, "shared");
  await openCode(page, server.url, "shared");
  await rewrite(page, code("mine"));
  const { RevisionId } = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName: "shared" }));
  const ZipFile = await zipOf({ "lambda_function.py": code("theirs") });
  await aws.lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "shared", ZipFile, RevisionId }));
  await expect.poll(() => answerOf(aws, "shared")).toBe("theirs");
  await page.keyboard.press("ControlOrMeta+Shift+u");
  await expect(page.getByText("Other code was deployed in the meantime")).toBeVisible();
  expect(await answerOf(aws, "shared")).toBe("theirs");
  await page.getByRole("button", { name: "Show the difference" }).click();
  await expect(page.getByRole("dialog").getByText('"theirs"')).toBeVisible();
  await expect(page.getByRole("dialog").getByText('"mine"')).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).first().click();
  await page.getByRole("button", { name: "Keep mine" }).click();
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.getByText("Successfully updated the function shared.")).toBeVisible();
  expect(await answerOf(aws, "shared")).toBe("mine");
  expect(context.pages()).toHaveLength(1);
});

test("two tabs with one draft: the later one is told, sees both, and chooses", async ({ page, context, server, aws }) => {
  await make(aws, "drafted-twice");
  const other = await context.newPage();
  await openCode(other, server.url, "drafted-twice");
  await openCode(page, server.url, "drafted-twice");
  await rewrite(page, code("mine"));
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText(/draft saved/)).toBeVisible();
  await editor(other).focus();
  await rewrite(other, code("theirs"));
  await other.keyboard.press("ControlOrMeta+s");
  await expect(other.getByText("The draft was saved in another window")).toBeVisible();
  await page.reload();
  await expect(page.getByText('"mine"')).toBeVisible();

  await other.getByRole("button", { name: "Keep mine" }).click();
  await expect(other.getByText(/draft saved/)).toBeVisible();
  await expect(other.getByText("The draft was saved in another window")).toBeHidden();
  await page.bringToFront();
  await editor(page).focus();
  await rewrite(page, code("once more"));
  await page.keyboard.press("ControlOrMeta+s");
  await expect(page.getByText("The draft was saved in another window")).toBeVisible();
  await page.getByRole("button", { name: "Take theirs" }).click();
  await expect(page.getByText('"theirs"')).toBeVisible();
});

test("a folder can be closed although the file that is shown lies in it", async ({ page, server, aws }) => {
  await makeFunction(aws, "folded", { files: { "lambda_function.py": code("x"), "lib/words.py": "a = 1\n" } });
  await openCode(page, server.url, "folded");
  await page.keyboard.press("ControlOrMeta+p");
  await page.getByRole("combobox").fill("words");
  await page.keyboard.press("Enter");
  const file = page.getByRole("navigation", { name: "Explorer" }).getByRole("button", { name: "words.py", exact: true });
  await expect(file).toBeVisible();
  await page.getByRole("navigation", { name: "Explorer" }).getByRole("button", { name: /lib$/ }).first().click();
  await expect(file).toBeHidden();
  await expect(editor(page, "lib/words.py")).toBeAttached();
});

test("files are made, renamed, found and deleted", async ({ page, server, aws }) => {
  await make(aws, "files");
  await openCode(page, server.url, "files");
  const act = async (name: string): Promise<void> => {
    await page.getByRole("button", { name: "More actions on the code" }).click();
    await page.getByRole("menuitem", { name }).click();
  };
  const path = page.getByRole("dialog").getByRole("textbox", { name: "Path" });
  await act("New file");
  await expect(path).toBeFocused();
  await path.fill("lib/words.py");
  await page.keyboard.press("Enter");
  await expect(editor(page, "lib/words.py")).toBeFocused();
  await page.keyboard.insertText("greeting = 'from the library'\n");
  await page.getByRole("button", { name: "Actions for lib/words.py" }).click();
  await page.getByRole("menuitem", { name: "Rename or move" }).click();
  await path.fill("lib/texts.py");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Actions for lib/texts.py" })).toBeVisible();

  await page.keyboard.press("ControlOrMeta+p");
  await page.getByRole("combobox").fill("lambda");
  await page.keyboard.press("Enter");
  await expect(editor(page)).toBeFocused();
  await rewrite(page, "from lib.texts import greeting\n\ndef lambda_handler(event, context):\n    return greeting\n");
  await page.keyboard.press("ControlOrMeta+Shift+f");
  await page.getByRole("dialog").getByRole("searchbox").fill("from the library");
  await page
    .getByRole("dialog")
    .getByText(/lib\/texts\.py/)
    .first()
    .click();
  await expect(editor(page, "lib/texts.py")).toBeFocused();
  await page.getByRole("button", { name: "Deploy", exact: true }).click();
  await expect(page.getByText("Successfully updated the function files.")).toBeVisible();
  expect(await answerOf(aws, "files")).toBe("from the library");

  await page.getByRole("button", { name: "Actions for lib/texts.py" }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(page.getByRole("button", { name: "Actions for lib/texts.py" })).toHaveCount(0);
  await expect(undeployed(page)).toBeVisible();
});
