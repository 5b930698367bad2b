import { clientsFor, startServerProcess, type Clients, type ServerProcess } from "@mayfly/testkit";
import { expect, test as base, type Browser, type Page } from "@playwright/test";
import { launchChromium } from "@mayfly/testkit/browser";

interface TestFixtures {
  /** A page with nobody signed in. */
  readonly guest: Page;
  /** A page signed in as the account's root user, at Functions. */
  readonly page: Page;
}

interface FileFixtures {
  readonly browser: Browser;
  /** A server of this file's own. */
  readonly server: ServerProcess;
  /** SDK clients of it, as its root user. */
  readonly aws: Clients;
}

/** Playwright's test with a Mayfly server, SDK clients of it and a page that is signed in. */
export const test = base.extend<TestFixtures, FileFixtures>({
  browser: [
    async ({}, use) => {
      const browser = await launchChromium();
      await use(browser);
      await browser.close();
    },
    { scope: "worker" },
  ],
  server: [
    async ({}, use) => {
      const server = await startServerProcess();
      await use(server);
      await server.dispose();
    },
    { scope: "worker" },
  ],
  aws: [
    async ({ server }, use) => {
      const clients = clientsFor(server);
      await use(clients);
      clients.destroy();
    },
    { scope: "worker" },
  ],
  context: async ({ context }, use, { title }) => {
    const lost: string[] = [];
    context.on("requestfailed", (request) => lost.push(`  ${request.url()}: ${request.failure()?.errorText}`));
    await use(context);
    const { status, expectedStatus } = base.info();
    if (status !== expectedStatus && lost.length > 0) console.log(`Requests that failed during "${title}":\n${lost.join("\n")}`);
  },
  guest: async ({ context }, use) => {
    await use(await context.newPage());
  },
  page: async ({ context, server }, use) => {
    const page = await context.newPage();
    await signIn(page, server);
    await use(page);
  },
});

/** Signs a page in by a new one-time link. */
export async function signIn(page: Page, server: ServerProcess): Promise<void> {
  await page.goto(await server.signinUrl());
  await expect(page.getByRole("navigation", { name: "Side navigation" })).toBeVisible();
}

export { expect } from "@playwright/test";
