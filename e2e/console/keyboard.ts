import type { Page } from "@playwright/test";

/** Pastes a text where the focus is, as Ctrl+V does. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => {
    const { navigator } = globalThis as unknown as { navigator: { clipboard: { writeText(text: string): Promise<void> } } };
    return navigator.clipboard.writeText(copied);
  }, text);
  await page.keyboard.press("ControlOrMeta+v");
}
