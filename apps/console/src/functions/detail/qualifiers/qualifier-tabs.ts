import { functionTabs, type FunctionTab } from "../../../app/paths.ts";

const ofVersions: readonly FunctionTab[] = ["code", "test", "monitor", "configuration"];

/** The tabs that the page has of $LATEST, or of a version or alias: what is the function's own stands with $LATEST only. */
export const tabsOf = (qualifier: string | undefined): readonly FunctionTab[] => (qualifier === undefined ? functionTabs : ofVersions);

/** Whether the page of a version or alias has the tab. */
export const isTabOf = (qualifier: string | undefined, tab: string): boolean => tabsOf(qualifier).some((name) => name === tab);
