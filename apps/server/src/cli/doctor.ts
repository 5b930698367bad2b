import { detectSupport } from "@mayfly/sandbox";
import { dataFolderOf } from "../config/options.ts";
import { runtimesOf } from "../composition/runtimes.ts";
import { runtimesTable } from "./runtimes.ts";
import { table } from "./table.ts";

/** `mayfly doctor`: what this machine gives, what is missing, what that costs and how to get it. Exit code 1 if no function can run. */
export async function runDoctor({ data }: { data?: string }): Promise<number> {
  const support = await detectSupport();
  console.log(`Isolation: ${support.level}\n`);
  console.log(
    table(
      ["mechanism", "available", "what is lost without it", "how to get it"],
      support.mechanisms.map(({ name, available, lost, remedy }) => [name, available ? "yes" : "no", lost, remedy]),
    ),
  );
  console.log(`\nRuntimes\n\n${await runtimesTable(runtimesOf(dataFolderOf(data)))}`);
  return support.level === "none" ? 1 : 0;
}
