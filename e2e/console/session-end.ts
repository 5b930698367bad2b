import type { Page } from "@playwright/test";

/** The credentials that the page gets from now on are good for one request each, so that it finds out at once that its session has ended. */
export function withShortCredentials(page: Page): Promise<unknown> {
  return page.addInitScript(`const ask = fetch;
    globalThis.fetch = async (...given) => {
      const response = await ask(...given);
      if (!response.ok || !String(given[0]).endsWith("/session/credentials")) return response;
      const body = await response.json();
      body.credentials.expiration = new Date().toISOString();
      return Response.json(body);
    };`);
}

/** Ends the page's session on the server, as its time would; the page does not know yet. */
export function endSession(page: Page): Promise<unknown> {
  return page.evaluate(
    `fetch("/_mayfly/signout", { method: "POST", headers: { "content-type": "application/json" }, body: "{}" }).then(({ status }) => status)`,
  );
}
