import { useAws } from "../../../api/hooks.ts";
import type { Answer } from "../../../shared/answer.ts";
import { useCurrentFunction } from "../function-context.ts";
import { isVersion, sharesOf } from "../versions/shares.ts";

/** The versions whose invocations the page is about; null: all of the function's. */
export function useShownVersions(): Answer<readonly string[] | null> {
  const { functionName, qualifier } = useCurrentFunction();
  const isAlias = qualifier !== undefined && !isVersion(qualifier);
  const alias = useAws("lambda", "GetAlias", isAlias ? { FunctionName: functionName, Name: qualifier } : undefined);
  if (qualifier === undefined) return { ...alias, data: null, error: null };
  if (!isAlias) return { ...alias, data: [qualifier], error: null };
  return { ...alias, data: alias.data && sharesOf(alias.data).map(({ version }) => version) };
}

/** What the figures are of, in words. Lambda's log has the version, not the name that was called. */
export function figuresText(qualifier: string | undefined, versions: readonly string[] | null | undefined): string {
  if (qualifier === undefined) return "Figures come from the function's own log: every REPORT line counts.";
  if (isVersion(qualifier)) return `Figures come from the log of version ${qualifier}: every REPORT line counts.`;
  const list = versions?.join(" and ") ?? "...";
  return `Figures come from the log of the versions that ${qualifier} leads to (${list}), by whatever name they were called.`;
}
