import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { TagResourceCommand, UpdateFunctionConfigurationCommand } from "@aws-sdk/client-lambda";
import type { Page } from "@playwright/test";
import { expect, test } from "./fixtures.ts";
import { makeFunction } from "./make-function.ts";

const markup = `<img src=x onerror="globalThis.owned=true"><script>globalThis.owned=true</script>`;

/** Pages on which something of a function is shown. */
const placesOf = (name: string): readonly string[] => [
  "/functions",
  "/dashboard",
  `/functions/${name}/code`,
  `/functions/${name}/test`,
  `/functions/${name}/monitor`,
  `/functions/${name}/configuration/general`,
  `/functions/${name}/configuration/environment`,
  `/functions/${name}/configuration/tags`,
  `/functions/${name}/deployments`,
  "/logs",
  `/logs/groups/${encodeURIComponent(`/aws/lambda/${name}`)}`,
  `/logs/groups/${encodeURIComponent(`/aws/lambda/${name}`)}/events`,
  "/iam/roles",
  "/iam/roles/create",
  "/iam/policies/create",
  "/iam/users",
  "/settings",
];

/** Collects what the content security policy refused. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(
    "globalThis.refused = []; addEventListener('securitypolicyviolation', (e) => refused.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}`));",
  );
  return () => page.evaluate<string[]>("globalThis.refused");
}

test("text of other people's making is text on every page, and the policy has nothing to refuse", async ({ page, server, aws }) => {
  await makeFunction(aws, "hostile", {
    files: { "lambda_function.py": `# ${markup}\ndef lambda_handler(event, context):\n    print(${JSON.stringify(markup)})\n` },
    invoke: true,
  });
  const { FunctionArn } = await aws.lambda.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: "hostile",
      Description: markup,
      Environment: { Variables: { MARKUP: markup } },
    }),
  );
  await aws.lambda.send(new TagResourceCommand({ Resource: FunctionArn ?? "", Tags: { markup: "<b onclick=x>" } }));
  const refused = await watchPolicy(page);
  for (const place of placesOf("hostile")) {
    await page.goto(`${server.url}/console${place}`);
    await expect(page.locator("h1").first()).toBeVisible();
    await page.waitForLoadState("networkidle");
    expect([place, await refused(), await page.evaluate("globalThis.owned")]).toEqual([place, [], undefined]);
  }
  await page.goto(`${server.url}/console/functions`);
  await expect(page.getByText(markup)).toBeVisible();
});

test("scripts that are not the console's do not run on it", async ({ page, server }) => {
  const refused = await watchPolicy(page);
  await page.goto(`${server.url}/console/functions`);
  await expect(page.locator("h1").first()).toBeVisible();
  await page.evaluate(`document.body.insertAdjacentHTML("beforeend", ${JSON.stringify(markup)});
    const script = document.createElement("script"); script.textContent = "globalThis.owned = true"; document.body.append(script);`);
  await expect.poll(async () => (await refused()).some((line) => line.startsWith("script-src"))).toBe(true);
  await page.evaluate(`void setTimeout("globalThis.owned = true")`);
  await expect.poll(async () => (await refused()).some((line) => line.startsWith("script-src eval"))).toBe(true);
  expect(await page.evaluate("globalThis.owned")).toBeUndefined();
});

test("credentials are in memory only", async ({ guest: page, server }) => {
  const secrets: string[] = [];
  await page.exposeFunction("heard", (text: string) => {
    const { credentials = {} } = JSON.parse(text) as { credentials?: Record<string, string> };
    secrets.push(...["accessKeyId", "secretAccessKey", "sessionToken"].flatMap((name) => credentials[name] ?? []));
  });
  await page.addInitScript(`const ask = fetch;
    globalThis.fetch = async (...given) => {
      const response = await ask(...given);
      if (String(given[0]).endsWith("/session/credentials")) heard(await response.clone().text());
      return response;
    };`);
  const link = await server.signinUrl();
  secrets.push(link.slice(link.indexOf("=") + 1));
  const addresses: string[] = [];
  page.on("request", (request) => addresses.push(request.url()));
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1, name: /^Functions/ })).toBeVisible();
  for (const path of ["/functions", "/functions/create", "/iam/users", "/settings"]) {
    await page.goto(`${server.url}/console${path}`);
    await expect(page.locator("h1").first()).toBeVisible();
    await page.waitForLoadState("networkidle");
  }
  expect(secrets.length).toBeGreaterThan(3);
  const kept = await page.evaluate<string>(
    "indexedDB.databases().then((all) => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, history.state, all]))",
  );
  for (const secret of secrets) expect(kept).not.toContain(secret);
  for (const secret of secrets) expect(addresses.join(" ")).not.toContain(secret);
});

test.describe("a page of somebody else's", () => {
  let evil: Server;
  let address: string;
  let script = "";
  test.beforeAll(async () => {
    evil = createServer((_request, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end(`<!doctype html><title>evil</title><body><script>${script}</script>`);
    });
    await new Promise<void>((resolve) => evil.listen(0, "127.0.0.1", resolve));
    // To the browser localhost is another site than 127.0.0.1.
    address = `http://localhost:${(evil.address() as AddressInfo).port}/`;
  });
  test.afterAll(() => void evil.close());

  test("gets no credentials and changes nothing, whatever it sends", async ({ page, context, server }) => {
    await page.goto(`${server.url}/console/functions`);
    script = `
      const target = ${JSON.stringify(server.url)};
      const tries = {
        read: fetch(target + "/_mayfly/session/credentials", { method: "POST", credentials: "include", headers: { "content-type": "application/json" }, body: "{}" }).then((r) => "status " + r.status, (e) => e.name),
        blind: fetch(target + "/_mayfly/signout", { method: "POST", mode: "no-cors", credentials: "include", headers: { "content-type": "text/plain" }, body: "{}" }).then((r) => r.type, (e) => e.name),
        health: fetch(target + "/_mayfly/health").then((r) => r.text(), (e) => e.name),
      };
      const form = document.createElement("form");
      form.method = "POST"; form.action = target + "/_mayfly/signout"; form.target = "sink"; form.enctype = "text/plain";
      const frame = document.createElement("iframe"); frame.name = "sink";
      document.body.append(frame, form); form.submit();
      Promise.all(Object.entries(tries).map(async ([name, result]) => [name, await result])).then((all) => { document.title = JSON.stringify(Object.fromEntries(all)); });`;
    const other = await context.newPage();
    await other.goto(address);
    await expect.poll(async () => (await other.title()).startsWith("{")).toBe(true);
    expect(JSON.parse(await other.title())).toMatchObject({ read: "TypeError" });
    await page.reload();
    await expect(page.getByRole("heading", { level: 1, name: /^Functions/ })).toBeVisible();
  });

  test("can't frame the console, nor reach into a window that it opens", async ({ page, context, server }) => {
    await page.goto(`${server.url}/console/functions`);
    script = `
      const frame = document.createElement("iframe"); frame.src = ${JSON.stringify(`${server.url}/console/functions`)};
      document.body.append(frame);
      globalThis.opened = open(${JSON.stringify(`${server.url}/console/functions`)});`;
    const other = await context.newPage();
    const refusals: string[] = [];
    other.on("console", (message) => refusals.push(message.text()));
    const popup = context.waitForEvent("page", (opened) => opened !== other);
    await other.goto(address);
    await expect.poll(() => refusals.some((text) => /frame/i.test(text) && text.includes("frame-ancestors"))).toBe(true);
    const window = await popup;
    await expect(window.getByRole("heading", { level: 1, name: /^Functions/ })).toBeVisible();
    expect(await window.evaluate("globalThis.opener")).toBeNull();
    expect(await other.evaluate("opened.closed")).toBe(true);
  });
});
