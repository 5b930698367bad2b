import { PutFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import type { Clients } from "@mayfly/testkit";
import type { Page } from "@playwright/test";
import { seriousViolations } from "./axe.ts";
import { expect, test } from "./fixtures.ts";
import { makeFunction, type MakeFunctionOptions } from "./make-function.ts";
import { openTest, python, result, runTest } from "./test-page.ts";

interface Face {
  readonly name: string;
  readonly options: MakeFunctionOptions;
  readonly prepare?: (aws: Clients) => Promise<unknown>;
  readonly headline: string;
  readonly text: string | RegExp;
  readonly next: string;
  /** Where the next action leads. */
  readonly leadsTo: (page: Page) => Promise<void>;
}

const atPage = (address: RegExp) => (page: Page) => expect(page).toHaveURL(address);
const atHeading = (name: string) => (page: Page) => expect(page.getByRole("heading", { name })).toBeVisible();

const faces: readonly Face[] = [
  {
    name: "slow",
    options: { files: python("    time.sleep(30)"), timeoutSeconds: 1 },
    headline: "The function ran out of time",
    text: "its timeout of 1 s",
    next: "Raise the timeout",
    leadsTo: atHeading("Edit general configuration"),
  },
  {
    name: "hungry",
    options: { files: python("    kept = []\n    while True:\n        kept.append(bytearray(8_000_000))"), timeoutSeconds: 20 },
    headline: "The function ran out of memory",
    text: /It used \d+ MB of 128 MB/,
    next: "Raise the memory",
    leadsTo: atHeading("Edit general configuration"),
  },
  {
    name: "leaving",
    options: { files: python("    os._exit(3)") },
    headline: "The runtime ended before it answered",
    text: "ended with exit status 3",
    next: "Open the code",
    leadsTo: atPage(/\/functions\/leaving\/code/),
  },
  {
    name: "talkative",
    options: { files: python("    return 'x' * 7_000_000"), timeoutSeconds: 20 },
    headline: "The answer is over 6 MB",
    text: "its answer was dropped",
    next: "How to return more",
    leadsTo: atHeading("Large events and answers"),
  },
  {
    name: "misnamed",
    options: { handler: "lambda_function.nope" },
    headline: "There is no such handler in the code",
    text: "the handler lambda_function.nope",
    next: "Edit runtime settings",
    leadsTo: atHeading("Edit runtime settings"),
  },
  {
    name: "misfiled",
    options: { handler: "nothing.lambda_handler" },
    headline: "The handler's file is not in the package",
    text: "a handler in “nothing”",
    next: "Edit runtime settings",
    leadsTo: atHeading("Edit runtime settings"),
  },
  {
    name: "importing",
    options: { files: { "lambda_function.py": "import left_pad\n\n\ndef lambda_handler(event, context):\n    return 1\n" } },
    headline: "The module left_pad is missing",
    text: "neither part of the runtime nor in the package",
    next: "Open the code",
    leadsTo: atPage(/\/functions\/importing\/code/),
  },
  {
    name: "stopped",
    options: {},
    prepare: ({ lambda }) => lambda.send(new PutFunctionConcurrencyCommand({ FunctionName: "stopped", ReservedConcurrentExecutions: 0 })),
    headline: "The invocation was throttled",
    text: "ReservedFunctionConcurrentInvocationLimitExceeded",
    next: "Edit concurrency",
    leadsTo: atHeading("Edit concurrency"),
  },
  {
    name: "throwing",
    options: { files: python("    raise ValueError('no such order')") },
    headline: "The function failed with ValueError",
    text: "no such order",
    next: "Open lambda_function.py, line 6",
    leadsTo: (page) => expect(page.getByRole("textbox", { name: /lambda_function\.py/ })).toBeFocused(),
  },
];

for (const { name, options, prepare, headline, text, next, leadsTo } of faces) {
  test(`${headline}: says so, and what to do`, async ({ page, server, aws }) => {
    await makeFunction(aws, name, options);
    await prepare?.(aws);
    await openTest(page, server.url, name);
    await runTest(page);
    const alert = result(page).getByRole("group").filter({ hasText: headline }).first();
    await expect(alert).toContainText(text);
    expect(await seriousViolations(page)).toEqual([]);
    await result(page)
      .getByRole("button", { name: next })
      .or(result(page).getByRole("link", { name: next }))
      .first()
      .click();
    await leadsTo(page);
  });
}
