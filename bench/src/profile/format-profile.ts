import type { FunctionCost, ProfileSummary } from "./cpu-profile.ts";

const shownCount = 25;

/** One thread's profile as text. @param cpuMicroseconds CPU time that the thread took for each request */
export function formatProfile(name: string, { functions, groups }: ProfileSummary, cpuMicroseconds: number): string {
  const time = (share: number): string => (share * cpuMicroseconds).toFixed(1).padStart(8);
  const list = (key: "self" | "total"): readonly string[] =>
    functions
      .toSorted((a, b) => b[key] - a[key])
      .slice(0, shownCount)
      .map((cost: FunctionCost) => `${time(cost[key])}  ${cost.where}`);
  return [
    `### ${name}, microseconds of CPU time a request`,
    "by package:",
    ...groups.slice(0, shownCount).map((group) => `${time(group.self)}  ${group.name}`),
    "in the function itself:",
    ...list("self"),
    "with what it calls:",
    ...list("total"),
  ].join("\n");
}
