import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { boto3Text, installedBoto3 } from "./boto3.ts";
import { discoverInterpreters, type DiscoverOptions } from "./discover.ts";
import type { InterpreterCandidate } from "./interpreter.ts";

/** The AWS SDK that runtimes of a language carry, for people. */
interface SdkDescription {
  readonly name: string;
  readonly text: string;
}

/** Where a machine's Python has what its packages installed; the bootstrap looks there last. */
const sitesOf = ({ path, version }: InterpreterCandidate): readonly string[] =>
  path.startsWith("/usr/bin/")
    ? [`/usr/local/lib/python${version}/dist-packages`, "/usr/lib/python3/dist-packages"]
    : [join(dirname(path), "..", "lib", `python${version}`, "site-packages")];

async function describeBoto3(options: DiscoverOptions): Promise<string> {
  const installed = await installedBoto3(options.runtimesFolder);
  if (installed.size > 0) return boto3Text(installed);
  const pythons = (await discoverInterpreters(options)).filter(({ language }) => language === "python");
  const having = pythons.filter((python) => sitesOf(python).some((site) => existsSync(join(site, "boto3"))));
  const versions = [...new Set(having.map(({ version }) => version))];
  const install = "mayfly runtimes install boto3";
  return versions.length === 0
    ? `not on this machine; ${install}`
    : `the machine's own for Python ${versions.join(", ")}; for every Python: ${install}`;
}

/** What functions find without packaging it. */
export async function describeSdks(options: DiscoverOptions): Promise<readonly SdkDescription[]> {
  const manifest = JSON.parse(await readFile(new URL("../package.json", import.meta.url), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const clients = Object.keys(manifest.dependencies).filter((name) => name.startsWith("@aws-sdk/client-"));
  return [
    {
      name: "AWS SDK for JavaScript",
      text: `${manifest.dependencies["@aws-sdk/client-lambda"]}, ${clients.length} clients, in every Node runtime`,
    },
    { name: "boto3", text: await describeBoto3(options) },
  ];
}
