import { launchChromium } from "@mayfly/testkit/browser";

/** Before the suite: npm's Chromium unpacks itself at its first start, which must not happen in several processes at once. */
export default async function unpackChromium(): Promise<void> {
  await (await launchChromium()).close();
}
