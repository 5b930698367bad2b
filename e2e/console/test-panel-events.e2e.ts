import { DescribeSchemaCommand } from "@aws-sdk/client-schemas";
import type { Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";
import { openTest } from "./test-page.ts";

/** The shareable events of a function, as tools find them. */
async function keptEvents({ schemas }: Clients, functionName: string): Promise<unknown> {
  const schema = { RegistryName: "lambda-testevent-schemas", SchemaName: `_${functionName}-schema` };
  const { Content = "{}" } = await schemas.send(new DescribeSchemaCommand(schema));
  return (JSON.parse(Content) as { components?: { examples?: unknown } }).components?.examples;
}

async function save(page: Page, name: string, sharing: "Private" | "Shareable"): Promise<void> {
  await page.getByRole("button", { name: "Create new event" }).click();
  await page.getByRole("textbox", { name: "Event name" }).fill(name);
  await page.getByRole("radio", { name: sharing }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText(`The test event ${name} was saved.`)).toBeVisible();
}

const dialog = (page: Page) => page.getByRole("dialog", { name: /^Rename the test event/ });
const chosen = (page: Page, name: string) => page.getByRole("button", { name: new RegExp(`^Event name.*${name}`) });

async function rename(page: Page, to: string): Promise<void> {
  await page.getByRole("button", { name: "Rename", exact: true }).click();
  await dialog(page).getByRole("textbox", { name: "New name" }).fill(to);
  await page.keyboard.press("Enter");
}

for (const sharing of ["Private", "Shareable"] as const) {
  test(`a ${sharing.toLowerCase()} event gets another name, and stays the same event`, async ({ page, server, aws }) => {
    const functionName = `renaming-${sharing}`;
    await makeFunction(aws, functionName);
    await openTest(page, server.url, functionName, { first: true });
    await save(page, "old", sharing);
    await rename(page, "new");
    await expect(page.getByText("The test event old is now called new.")).toBeVisible();
    await expect(chosen(page, "new")).toBeVisible();
    if (sharing === "Shareable") expect(await keptEvents(aws, functionName)).toEqual({ new: { value: { first: true } } });
    await page.reload();
    await page.getByRole("button", { name: /^Event name/ }).click();
    await expect(page.getByRole("option")).toHaveText([/new/]);
  });
}

test("a name that is no name, or another event's, is refused at the field", async ({ page, server, aws }) => {
  await makeFunction(aws, "named");
  await openTest(page, server.url, "named");
  await save(page, "one", "Shareable");
  await save(page, "two", "Shareable");
  await rename(page, "one");
  await expect(dialog(page).getByText("There is an event named one already.")).toBeVisible();
  await dialog(page).getByRole("textbox", { name: "New name" }).fill("no spaces please");
  await expect(dialog(page).locator("[id*=error]").getByText("Use 1 to 25 letters")).toBeVisible();
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  expect(Object.keys((await keptEvents(aws, "named")) as object)).toEqual(["one", "two"]);
});

test("a rename that fails loses nothing, says so, and can be tried again", async ({ page, server, aws }) => {
  await makeFunction(aws, "unlucky");
  await openTest(page, server.url, "unlucky", { mine: 1 });
  await save(page, "old", "Shareable");
  const write = /\/registries\/name\/lambda-testevent-schemas\/schemas\/name\//;
  await page.route(write, (route) => (route.request().method() === "GET" ? route.continue() : route.abort()));
  await rename(page, "new");
  await expect(dialog(page).getByText("The event is saved either way")).toBeVisible();
  expect(await keptEvents(aws, "unlucky")).toEqual({ old: { value: { mine: 1 } } });
  await page.unroute(write);
  await dialog(page).getByRole("button", { name: "Rename" }).click();
  await expect(chosen(page, "new")).toBeVisible();
  expect(await keptEvents(aws, "unlucky")).toEqual({ new: { value: { mine: 1 } } });
});
