import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What is looked at. */
interface AxeScope {
  /** Only what this chooses, instead of the whole page. */
  readonly within?: string | undefined;
  /** Without these, whose like was looked at before. */
  readonly without?: readonly string[];
  /** `colours`: a page that was looked at in other colours, where nothing else can have become worse. */
  readonly rules?: "all" | "colours";
}

/** The rules that ask what colour something has. */
const colourRules = ["color-contrast", "link-in-text-block"];

/** What axe finds serious or critical, each in one line. */
export async function seriousViolations(page: Page, { within, without = [], rules = "all" }: AxeScope = {}): Promise<string[]> {
  const isThere = await page.evaluate(() => "axe" in globalThis);
  const builder = new AxeBuilder({ page, ...(isThere && { axeSource: ";" }) })
    // Nothing of the console is in a frame: axe need not open a page of its own to put together what it found in each.
    .setLegacyMode()
    // Of what passes axe would describe each element.
    .options({ resultTypes: ["violations"], ...(rules === "colours" && { runOnly: { type: "rule", values: colourRules } }) })
    // Monaco's own markup is not ours to change.
    .exclude(".monaco-editor");
  if (within !== undefined) builder.include(within);
  for (const selector of without) builder.exclude(selector);
  const { violations } = await builder.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary ?? ""}`).join(" | ")}`,
    );
}
