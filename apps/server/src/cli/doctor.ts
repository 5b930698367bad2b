import { detectSupport, type SandboxWay } from "@mayfly/sandbox";
import { dataFolderOf } from "../config/options.ts";
import { runtimesOf } from "../composition/runtimes.ts";
import { runtimesTable } from "./runtimes.ts";
import { table } from "./table.ts";

/** `mayfly doctor`: what this machine gives, what of it a server that is started like this uses, what is missing, what that costs and how to get it. Exit code 1 if no function can run. */
export async function runDoctor({ data, sandbox }: { data?: string; sandbox?: SandboxWay }): Promise<number> {
  const support = await detectSupport(sandbox);
  const missing = support.lacking.map(({ name }) => name).join(", ");
  console.log(`Isolation: ${support.level}${missing === "" ? "" : ` (for full: ${missing})`}\n`);
  console.log(
    table(
      ["mechanism", "available", "used", "what is lost without it", "how to get it"],
      support.mechanisms.map(({ name, available, used, lost, remedy }) => [name, yesOrNo(available), yesOrNo(used), lost, remedy]),
    ),
  );
  console.log(`\nRuntimes\n\n${await runtimesTable(runtimesOf(dataFolderOf(data)))}`);
  return support.level === "none" ? 1 : 0;
}

const yesOrNo = (value: boolean): string => (value ? "yes" : "no");
