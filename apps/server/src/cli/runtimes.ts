import { createRuntimes, describeSdks, installBoto3, installRuntime, type DiscoverOptions } from "@mayfly/runtimes";
import { dataFolderOf } from "../config/options.ts";
import { runtimesOf } from "../composition/runtimes.ts";
import { table } from "./table.ts";

/** The interpreters of a machine and the SDKs that functions find, as a table. */
export async function runtimesTable(options: DiscoverOptions): Promise<string> {
  const runtimes = (await createRuntimes(options).describe()).map(({ runtime, text }) => [runtime, text]);
  const sdks = (await describeSdks(options)).map(({ name, text }) => [name, text]);
  return `${table(["runtime", "runs on"], runtimes)}\n\n${table(["SDK", "version"], sdks)}`;
}

/** `mayfly runtimes`: which interpreter serves each runtime, and which SDK its functions find. */
export async function runRuntimesList({ data }: { data?: string }): Promise<number> {
  console.log(await runtimesTable(runtimesOf(dataFolderOf(data))));
  return 0;
}

/** What can be installed besides Node runtimes; answers what to say of it. */
const packages: Readonly<Record<string, (options: DiscoverOptions) => Promise<string>>> = {
  boto3: async (options) => `Python functions find boto3 ${await installBoto3(options)}, from their next new environment on.`,
};

/** `mayfly runtimes install NAME`: fetches an interpreter, or boto3, into the data folder. */
export async function runRuntimesInstall(name: string, { data }: { data?: string }): Promise<number> {
  const options = runtimesOf(dataFolderOf(data));
  const install = Object.hasOwn(packages, name)
    ? packages[name]!
    : async () => `${name} runs on Node ${await installRuntime(name, options.runtimesFolder)} from now on.`;
  try {
    console.log(await install(options));
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
