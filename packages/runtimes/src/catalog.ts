/** A language that functions are written in. */
export type RuntimeLanguage = "nodejs" | "python" | "java" | "dotnet" | "ruby" | "provided";

/** What AWS says of one runtime identifier. */
export interface RuntimeFacts {
  readonly id: string;
  readonly language: RuntimeLanguage;
  /** The language's version; empty for `provided`. */
  readonly version: string;
  readonly operatingSystem: "Amazon Linux" | "Amazon Linux 2" | "Amazon Linux 2023";
  /** The day (UTC) from which AWS calls it deprecated. */
  readonly deprecatedOn: string | undefined;
  /** AWS refuses to create or update functions with it already. */
  readonly refused: boolean;
}

const al1 = "Amazon Linux";
const al2 = "Amazon Linux 2";
const al2023 = "Amazon Linux 2023";
type Row = readonly [
  id: string,
  language: RuntimeLanguage,
  version: string,
  os: RuntimeFacts["operatingSystem"],
  deprecatedOn?: string,
  refused?: true,
];

const rows: readonly Row[] = [
  ["nodejs24.x", "nodejs", "24", al2023, "2028-04-30"],
  ["nodejs22.x", "nodejs", "22", al2023, "2027-04-30"],
  ["nodejs20.x", "nodejs", "20", al2023, "2026-04-30"],
  ["nodejs18.x", "nodejs", "18", al2, "2025-09-01"],
  ["nodejs16.x", "nodejs", "16", al2, "2024-06-12"],
  ["nodejs14.x", "nodejs", "14", al2, undefined, true],
  ["nodejs12.x", "nodejs", "12", al2, undefined, true],
  ["python3.14", "python", "3.14", al2023, "2029-06-30"],
  ["python3.13", "python", "3.13", al2023, "2029-06-30"],
  ["python3.12", "python", "3.12", al2023, "2028-10-31"],
  ["python3.11", "python", "3.11", al2, "2027-06-30"],
  ["python3.10", "python", "3.10", al2, "2026-10-31"],
  ["python3.9", "python", "3.9", al2, "2025-12-15"],
  ["python3.8", "python", "3.8", al2, "2024-10-14"],
  ["python3.7", "python", "3.7", al1, undefined, true],
  ["java25", "java", "25", al2023, "2029-06-30"],
  ["java21", "java", "21", al2023, "2029-06-30"],
  ["java17.al2023", "java", "17", al2023, "2029-06-30"],
  ["java11.al2023", "java", "11", al2023, "2029-06-30"],
  ["java8.al2023", "java", "8", al2023, "2029-06-30"],
  ["java17", "java", "17", al2, "2027-06-30"],
  ["java11", "java", "11", al2, "2027-06-30"],
  ["java8.al2", "java", "8", al2, "2027-06-30"],
  ["java8", "java", "8", al1, undefined, true],
  ["dotnet10", "dotnet", "10", al2023, "2028-11-14"],
  ["dotnet8", "dotnet", "8", al2023, "2026-11-10"],
  ["dotnet6", "dotnet", "6", al2, "2024-12-20"],
  ["dotnetcore3.1", "dotnet", "3.1", al2, undefined, true],
  ["ruby4.0", "ruby", "4.0", al2023, "2029-03-31"],
  ["ruby3.4", "ruby", "3.4", al2023, "2028-03-31"],
  ["ruby3.3", "ruby", "3.3", al2023, "2027-03-31"],
  ["ruby3.2", "ruby", "3.2", al2, "2026-03-31"],
  ["ruby2.7", "ruby", "2.7", al2, undefined, true],
  ["provided.al2023", "provided", "", al2023, "2029-06-30"],
  ["provided.al2", "provided", "", al2, "2026-07-31"],
  ["provided", "provided", "", al1, undefined, true],
];

/** Every runtime of AWS's, newest first within a language. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html */
export const runtimeCatalog: ReadonlyMap<string, RuntimeFacts> = new Map(
  rows.map(([id, language, version, operatingSystem, deprecatedOn, refused]) => [
    id,
    { id, language, version, operatingSystem, deprecatedOn, refused: refused === true },
  ]),
);

/** The languages that Mayfly has a bootstrap for, and `provided`, whose functions bring their own. */
const runnableLanguages: ReadonlySet<RuntimeLanguage> = new Set(["nodejs", "python", "provided"]);

/** The runtimes that can run, if the machine has an interpreter where one is needed. */
export const runnableRuntimes: readonly RuntimeFacts[] = [...runtimeCatalog.values()].filter(
  ({ language, refused }) => !refused && runnableLanguages.has(language),
);

/** Orders versions such as `3.9` and `3.10`: negative if the first is older. */
export function compareVersions(one: string, other: string): number {
  const [a, b] = [one.split(".").map(Number), other.split(".").map(Number)];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
