import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** What axe finds serious or critical, each in one line: on the page, or only in what a selector chooses. */
export async function seriousViolations(page: Page, within?: string): Promise<string[]> {
  // Monaco's own markup is not ours to change.
  const builder = new AxeBuilder({ page }).exclude(".monaco-editor");
  const { violations } = await (within === undefined ? builder : builder.include(within)).analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(
      ({ id, nodes }) => `${id}: ${nodes.map(({ target, failureSummary }) => `${target.join(" ")} ${failureSummary ?? ""}`).join(" | ")}`,
    );
}
