import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { ServerProcess } from "@mayfly/testkit";

const main = fileURLToPath(new URL("../../apps/server/src/main.mjs", import.meta.url));

/** What a command printed. */
interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** `mayfly trail`, as somebody types it beside a server. */
export const mayflyTrail = (server: Pick<ServerProcess, "dataFolder">, ...args: readonly string[]): Promise<Printed> =>
  promisify(execFile)(process.execPath, [
    "--disable-warning=ExperimentalWarning",
    main,
    "trail",
    "--data",
    server.dataFolder,
    ...args,
  ]).catch((error: Printed) => error);

/** What happened, in order: the second column of the table. */
export const trailSteps = (text: string): string[] => text.split("\n").flatMap((line) => /^\d{4}-\S+ {2}(\S+)/.exec(line)?.[1] ?? []);
