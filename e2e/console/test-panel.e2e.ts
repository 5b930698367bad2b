import { InvokeCommand } from "@aws-sdk/client-lambda";
import { DescribeSchemaCommand } from "@aws-sdk/client-schemas";
import { expect, test } from "./fixtures.ts";
import { paste } from "./keyboard.ts";
import { makeFunction } from "./make-function.ts";
import { openTest, python, result, runTest } from "./test-page.ts";

test("lines of the log come while the function runs; nobody has to wait for its end", async ({ page, server, aws }) => {
  const body = "    for i in range(100):\n        print('step', i, flush=True)\n        time.sleep(0.3)";
  await makeFunction(aws, "slow", { files: python(body), timeoutSeconds: 60 });
  await openTest(page, server.url, "slow", {});
  await runTest(page);
  await expect(result(page).getByText("Executing function: running")).toBeVisible();
  const live = result(page).getByLabel("Live log lines");
  await expect(live).toContainText("START RequestId:");
  await expect(live).toContainText("step 3");
  await result(page).getByRole("button", { name: "Stop waiting" }).click();
  await expect(result(page).getByText("No longer waited for; the function goes on to its end")).toBeVisible();
  await expect(page.getByRole("button", { name: "Test", exact: true })).toBeEnabled();
});

test("an asynchronous invocation is accepted, and its log is shown, nobody else's", async ({ page, server, aws }) => {
  await makeFunction(aws, "queued", { files: python("    print('for', event['name'])\n    time.sleep(1)") });
  await openTest(page, server.url, "queued", { name: "Ann" });
  await page.getByRole("radio", { name: "Asynchronous" }).check();
  await runTest(page);
  await expect(result(page).getByText("Accepted for asynchronous invocation")).toBeVisible();
  await aws.lambda.send(new InvokeCommand({ FunctionName: "queued", Payload: JSON.stringify({ name: "Bob" }) }));
  await expect(result(page).getByLabel("Live log lines")).toContainText("for Ann");
  await expect(result(page).getByLabel("Live log lines")).toContainText("REPORT RequestId:");
  await expect(result(page).getByLabel("Live log lines")).not.toContainText("for Bob");
});

test("a running test's log is its own, not that of others who call the function at the same time", async ({ page, server, aws }) => {
  const body = "    for i in range(event['steps']):\n        print('for', event['name'], i, flush=True)\n        time.sleep(0.3)";
  await makeFunction(aws, "shared-calls", { files: python(body), timeoutSeconds: 120 });
  await openTest(page, server.url, "shared-calls", { name: "Ann", steps: 300 });
  await runTest(page);
  await aws.lambda.send(new InvokeCommand({ FunctionName: "shared-calls", Payload: JSON.stringify({ name: "Bob", steps: 3 }) }));
  const live = result(page).getByLabel("Live log lines");
  await expect(result(page).getByText("Others invoke the function at the same time.")).toBeVisible();
  await expect(live).toContainText("for Ann");
  await expect(live).not.toContainText("for Bob");
  await expect(result(page).getByText("Executing function: running")).toBeVisible();
});

test("a stack trace leads to its line in the editor", async ({ page, server, aws }) => {
  await makeFunction(aws, "failing", { files: python("    total = 0\n    return event['amount'] / total") });
  await openTest(page, server.url, "failing", { amount: 1 });
  await runTest(page);
  await expect(result(page).getByText("Executing function: failed")).toBeVisible();
  await expect(result(page).getByLabel("Response", { exact: true })).toContainText('"errorType": "ZeroDivisionError"');
  const response = result(page).getByLabel("Response", { exact: true });
  await response.getByRole("link", { name: /lambda_function\.py.*7/ }).click();
  await expect(page).toHaveURL(/\/functions\/failing\/code/);
  await expect(page.getByRole("textbox", { name: /lambda_function\.py/ })).toBeFocused();
});

test("results of other people's making are text, however large", async ({ page, server, aws }) => {
  const hostile = "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
  const body = `    print(${JSON.stringify(hostile)})\n    return {'html': ${JSON.stringify(hostile)}, 'rows': ['x' * 50] * 60000}`;
  await makeFunction(aws, "hostile", { files: python(body) });
  await openTest(page, server.url, "hostile", {});
  await runTest(page);
  await expect(result(page).getByLabel("Response", { exact: true })).toContainText("<img src=x onerror=");
  await expect(result(page).getByLabel("Log lines", { exact: true })).toContainText("<script>document.title");
  expect(await page.title()).not.toContain("owned");
  const download = page.waitForEvent("download");
  await result(page).getByRole("button", { name: "Download all of it" }).click();
  expect((await (await download).createReadStream()).readable).toBe(true);
});

test("JSON is checked as it is typed", async ({ page, server, aws }) => {
  await makeFunction(aws, "checked");
  await openTest(page, server.url, "checked", {});
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, '{\n  "a": 1,\n  "b":\n}');
  await expect(page.getByText(/line 4/i).first()).toBeVisible();
  await runTest(page);
  await expect(result(page)).toHaveCount(0);
});

test("a shareable event is kept where tools find it; it can be edited and removed", async ({ page, server, aws }) => {
  await makeFunction(aws, "shared");
  await openTest(page, server.url, "shared", { first: true });
  await page.getByRole("textbox", { name: "Event name" }).fill("ours");
  await page.getByRole("radio", { name: "Shareable" }).check();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("The test event ours was saved.")).toBeVisible();

  const schema = { RegistryName: "lambda-testevent-schemas", SchemaName: "_shared-schema" };
  const kept = async (): Promise<unknown> => {
    const { Content = "{}" } = await aws.schemas.send(new DescribeSchemaCommand(schema));
    return (JSON.parse(Content) as { components?: { examples?: unknown } }).components?.examples;
  };
  expect(await kept()).toEqual({ ours: { value: { first: true } } });

  await page.reload();
  await page.getByRole("button", { name: "Edit saved event" }).click();
  await page.getByRole("button", { name: /^Event name|^Saved event/ }).click();
  await page.getByRole("option", { name: "ours" }).click();
  await page.getByRole("textbox", { name: /Event JSON/ }).focus();
  await page.keyboard.press("ControlOrMeta+a");
  await paste(page, '{"second": true}');
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect.poll(kept).toEqual({ ours: { value: { second: true } } });

  await page.getByRole("button", { name: /^Delete/ }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^Delete/ })
    .click();
  await expect(page.getByRole("button", { name: "Create new event" })).toBeVisible();
  await expect.poll(() => kept().catch((error: Error) => error.name)).toBe("NotFoundException");
});
