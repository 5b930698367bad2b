import { spawn } from "node:child_process";
import { once } from "node:events";
import { openSync, closeSync, readFileSync } from "node:fs";
import { createServer, connect, type AddressInfo } from "node:net";
import { join } from "node:path";
import { descendantsOf, lastLines, waitFor } from "@mayfly/testkit";

/** Longest that a rival may take until it listens. Milliseconds. */
const readyTimeoutMs = 60_000;

/** How a rival is started. */
export interface RivalCommand {
  readonly command: readonly [program: string, ...words: string[]];
  readonly folder: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** A rival's processes. */
export interface RivalProcess {
  readonly pid: number;
  /** Ends it and all that it started. */
  stop(): Promise<void>;
}

/** Starts a rival; resolves when its port takes connections. @throws Error with the last of its output if that does not come about */
export async function spawnRival({ command: [program, ...words], folder, port, environment }: RivalCommand): Promise<RivalProcess> {
  const logFile = join(folder, "output.log");
  const output = openSync(logFile, "w");
  const child = spawn(program, words, {
    cwd: folder,
    stdio: ["ignore", output, output],
    env: { PATH: process.env["PATH"], HOME: folder, TMPDIR: folder, ...environment },
    detached: true,
  });
  closeSync(output);
  const ended = once(child, "exit").catch(() => {});
  const pid = child.pid ?? -1;
  let stopping: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    if (child.pid === undefined) return;
    for (const each of [pid, ...descendantsOf(pid)]) killQuietly(each);
    await ended;
  };
  const stop = (): Promise<void> => (stopping ??= end());
  try {
    const isReady = (): Promise<boolean> => {
      if (child.pid === undefined || child.exitCode !== null) throw new Error("It ended.");
      return takesConnections(port);
    };
    await Promise.race([waitFor("the rival's port", isReady, readyTimeoutMs), ended.then(() => Promise.reject(new Error("It ended.")))]);
  } catch (error) {
    await stop();
    throw new Error(`${program} ${words.join(" ")} did not start: ${lastLines(readFileSync(logFile, "utf8"), 5)}`, { cause: error });
  }
  return { pid, stop };
}

/** It may have ended by itself. */
function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {}
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port });
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}
