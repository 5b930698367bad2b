import { createRuntimes, installRuntime } from "@mayfly/runtimes";
import { dataFolderOf } from "../config/options.ts";
import { runtimesOf } from "../composition/runtimes.ts";
import { table } from "./table.ts";

/** `mayfly runtimes`: which interpreter serves each runtime. */
export async function runRuntimesList({ data }: { data?: string }): Promise<number> {
  const runtimes = createRuntimes(runtimesOf(dataFolderOf(data)));
  console.log(
    table(
      ["runtime", "runs on"],
      (await runtimes.describe()).map(({ runtime, text }) => [runtime, text]),
    ),
  );
  return 0;
}

/** `mayfly runtimes install RUNTIME`: fetches an interpreter into the data folder. A running server finds it at the function's next new environment. */
export async function runRuntimesInstall(runtime: string, { data }: { data?: string }): Promise<number> {
  try {
    const version = await installRuntime(runtime, runtimesOf(dataFolderOf(data)).runtimesFolder);
    console.log(`${runtime} runs on Node ${version} from now on.`);
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}
