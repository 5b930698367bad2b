import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const floorFile = fileURLToPath(new URL("floor.ts", import.meta.url));

/** A running floor: see floor.ts. */
export interface Floor {
  readonly url: string;
  readonly pid: number;
  readonly clientPid: number;
  stop(): Promise<void>;
}

/**
 * Starts a floor in a process of its own.
 * @param client command of the bare client
 * @param clientCount how many of it there are
 * @throws Error if it ends before it answers
 */
export async function startFloor(client: readonly string[], clientCount: number): Promise<Floor> {
  const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", floorFile, String(clientCount), ...client], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const line = await Promise.race([once(child.stdout, "data"), exited.then(() => undefined)]);
  if (line === undefined) throw new Error(`The floor of ${client.join(" ")} ended before it answered.`);
  const { port, clientPid } = JSON.parse(String(line[0])) as { port: number; clientPid: number };
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? -1,
    clientPid,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}
