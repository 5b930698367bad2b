import type { Page } from "@playwright/test";

/** Goes to Create function, on the server where the page is. */
export async function openCreate(page: Page, search = ""): Promise<void> {
  await page.goto(new URL(`/console/functions/create${search}`, page.url()).href);
}
