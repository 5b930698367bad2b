import type { OutputOf } from "@mayfly/kernel";
import { useAws } from "../../api/hooks.ts";
import { send } from "../../api/send.ts";
import { familyOf } from "./starter-code.ts";

/** A runtime as it can be chosen. */
export interface RuntimeChoice {
  readonly runtime: string;
  readonly family: string;
  /** `Python 3.8` */
  readonly label: string;
  readonly available: boolean;
  /** Why it is not available, or what takes its place. */
  readonly note?: string;
  /** The day from which AWS calls it deprecated: `2024-10-14`. */
  readonly deprecatedOn?: string;
}

type Answer = OutputOf<"mayfly", "ListRuntimes">;

/** What is offered while the server can't say what it runs. */
const usual: Answer["Runtimes"] = [
  "nodejs24.x",
  "nodejs22.x",
  "nodejs20.x",
  "python3.14",
  "python3.13",
  "python3.12",
  "python3.11",
  "python3.10",
  "python3.9",
  "python3.8",
].map((Runtime) => ({ Runtime, Family: familyOf(Runtime), Available: true }));

const familyLabels: Readonly<Record<string, string>> = {
  nodejs: "Node.js",
  python: "Python",
  ruby: "Ruby",
  java: "Java",
  dotnet: ".NET",
  go: "Go",
  provided: "Amazon Linux",
};

const ownLabels: Readonly<Record<string, string>> = {
  "provided.al2023": "Amazon Linux 2023",
  "provided.al2": "Amazon Linux 2",
  "java8.al2": "Java 8 on Amazon Linux 2",
};

/** `Node.js 22.x` of `nodejs22.x`. */
function runtimeLabel(runtime: string): string {
  const family = familyOf(runtime);
  const version = runtime
    .slice(family.length)
    .replace(/^core/, "Core ")
    .replace(/\.al2023$/, " on Amazon Linux 2023");
  return ownLabels[runtime] ?? `${familyLabels[family] ?? family} ${version}`.trim();
}

const choicesOf = ({ Runtimes }: Answer): readonly RuntimeChoice[] =>
  Runtimes.map(({ Runtime, Family, Available, Note, DeprecationDate }) => ({
    runtime: Runtime,
    family: Family,
    label: runtimeLabel(Runtime),
    available: Available,
    ...(Note && { note: Note }),
    ...(DeprecationDate && { deprecatedOn: DeprecationDate }),
  }));

const usualChoices = choicesOf({ Runtimes: usual });

/** The runtimes to choose from, and how to ask for them anew. */
export function useRuntimeChoices(): {
  readonly choices: readonly RuntimeChoice[];
  readonly isLoading: boolean;
  readonly refresh: () => void;
} {
  const { data, isPending, isFetching, refetch } = useAws("mayfly", "ListRuntimes", {}, { staleTime: 60_000 });
  return { choices: data ? choicesOf(data) : isPending ? [] : usualChoices, isLoading: isFetching, refresh: () => void refetch() };
}

/** The same, asked for once. */
export async function runtimeChoices(): Promise<readonly RuntimeChoice[]> {
  try {
    return choicesOf(await send("mayfly", "ListRuntimes", {}));
  } catch {
    return usualChoices;
  }
}

/** Whether AWS has deprecated it by now. */
export const isDeprecated = ({ deprecatedOn }: RuntimeChoice, now = new Date()): boolean =>
  deprecatedOn !== undefined && new Date(deprecatedOn) <= now;

/** The newest one of each language that this machine runs: what AWS lists first. */
export function latestOf(choices: readonly RuntimeChoice[]): readonly RuntimeChoice[] {
  const usable = choices.filter((choice) => choice.available && !isDeprecated(choice));
  return [...Map.groupBy(usable, ({ family }) => family).values()].flatMap((family) => family.toSorted(newestFirst).slice(0, 1));
}

/** Orders runtimes of a language, newest first. */
export const newestFirst = (a: RuntimeChoice, b: RuntimeChoice): number => b.runtime.localeCompare(a.runtime, "en", { numeric: true });

/** What is chosen at first, as in AWS's console: the newest Node.js that this machine runs; empty while nothing is known. */
export function defaultRuntime(choices: readonly RuntimeChoice[]): string {
  const latest = latestOf(choices);
  return (latest.find(({ family }) => family === "nodejs") ?? latest[0])?.runtime ?? "";
}
