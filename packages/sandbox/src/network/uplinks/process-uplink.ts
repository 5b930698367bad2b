import { spawn, type ChildProcess } from "node:child_process";
import { accessSync, constants, readFileSync, statSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { SandboxError } from "../../sandbox-error.ts";
import { networkLimits } from "../limits.ts";
import { uplinkUid, type Router } from "../router.ts";
import { uplinkName } from "../rules.ts";
import { findTool, toolEnvironment } from "../tools.ts";

const tunnelDevice = "/dev/net/tun";

/** What user-mode networking needs of the machine, and this one lacks. */
export function lacksTunnel(): string | undefined {
  try {
    // As root it is another user's process that opens the device.
    if (process.geteuid?.() === 0)
      return (statSync(tunnelDevice).mode & 0o6) === 0o6 ? undefined : `${tunnelDevice} is closed to ordinary users`;
    accessSync(tunnelDevice, constants.R_OK | constants.W_OK);
    return undefined;
  } catch {
    return `${tunnelDevice} is missing or closed to this user`;
  }
}

/** Ends the program when standard input does, which is when the server ends, however it does; ends when the program does. */
const tied = `exec 3<&0 0</dev/null; "$@" & program=$!; { cat <&3 >/dev/null; kill -9 $program; } & wait $program; code=$?; kill $! 2>/dev/null; exit $code`;

/**
 * Runs the uplink's process until it is stopped: one that ends of itself is started again. Resolves when the router has its interface.
 * @throws SandboxError
 */
export async function runUplink(router: Router, command: readonly string[], problem: (line: string) => void): Promise<() => Promise<void>> {
  const [program = ""] = command;
  const become = process.geteuid?.() === 0 ? ["setpriv", `--reuid=${uplinkUid}`, `--regid=${uplinkUid}`, "--clear-groups"] : [];
  const stopping = new AbortController();
  let current: ChildProcess;
  let ended: Promise<string>;

  const start = (): void => {
    current = spawn(findTool("sh") ?? "/bin/sh", ["-c", tied, "sh", ...become, ...command], {
      stdio: ["pipe", "ignore", "pipe"],
      env: toolEnvironment,
      cwd: "/",
    });
    current.stdin?.on("error", () => {});
    let said = "";
    current.stderr?.on("data", (chunk: Buffer) => (said = (said + chunk.toString()).slice(-1_000)));
    ended = new Promise((resolve) => {
      current.once("error", ({ message }) => resolve(message));
      current.once("close", (code) => resolve(said.trim() || `ended with ${code}`));
    });
  };

  const keep = async (): Promise<void> => {
    for (;;) {
      const why = await ended;
      if (stopping.signal.aborted) return;
      problem(`${program} ended (${why}): functions reach no network until it runs again`);
      try {
        await setTimeout(networkLimits.restartPauseMs, undefined, { signal: stopping.signal, ref: false });
      } catch {
        return;
      }
      start();
    }
  };

  start();
  const why = await Promise.race([ended!, untilUp(router.pid, stopping.signal)]);
  if (why !== "") {
    stopping.abort();
    current!.stdin?.destroy();
    throw new SandboxError(`${program}: ${why}`);
  }
  const kept = keep();
  return async () => {
    stopping.abort();
    current.stdin?.destroy();
    await Promise.all([ended, kept]);
  };
}

/** Waits for a route by way of the uplink. Answers nothing, or that it never came. */
async function untilUp(pid: number, signal: AbortSignal): Promise<string> {
  const endsAt = performance.now() + networkLimits.toolTimeoutMs;
  while (performance.now() < endsAt && !signal.aborted) {
    const routes = ["route", "ipv6_route"].map((file) => readFileSync(`/proc/${pid}/net/${file}`, "utf8"));
    if (new RegExp(`^${uplinkName}\\t00000000\\t`, "m").test(routes[0] ?? "")) return "";
    if (new RegExp(`^0{32} 00 .* ${uplinkName}$`, "m").test(routes[1] ?? "")) return "";
    await setTimeout(5);
  }
  return `gave the router no route within ${networkLimits.toolTimeoutMs / 1_000} s`;
}
