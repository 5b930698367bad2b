import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import sparticuz from "@sparticuz/chromium";
import { chromium, type Browser } from "@playwright/test";

/** Names under which systems have Chromium. */
const systemNames = ["chromium", "chromium-browser", "google-chrome"];

/**
 * Starts Chromium as browsers are started, with the web's security in force: the system's where
 * there is one, else the one that npm brought (without the arguments that its package suggests for serverless platforms).
 */
export async function launchChromium(): Promise<Browser> {
  const system = systemChromium();
  if (system !== undefined) return chromium.launch({ executablePath: system, args: ["--no-sandbox"] });
  return chromium.launch({ executablePath: await sparticuz.executablePath(), args: ["--no-sandbox"] });
}

function systemChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return systemNames.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
}
