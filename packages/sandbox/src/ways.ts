import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe } from "./description.ts";
import { launcherPath } from "./launcher-path.ts";
import type { MachineFacts } from "./mechanisms.ts";
import { findTool } from "./network/tools.ts";
import { insideUid } from "./slots.ts";
import { sandboxWays, type SandboxSpec, type SandboxWay } from "./types.ts";

/** Longest that a trial may take. Milliseconds. */
const trialMs = 5_000;
const trialUid = 2_000_000;

/** How sandboxes are made here, and what was learned on the way to that. */
export type FoundWay = Pick<MachineFacts, "way" | "failures" | "canAttach" | "remedies">;

/** The way that MAYFLY_SANDBOX asks for, where there is no command line to do so: in tests and in workers. */
export function wayOfEnvironment(): SandboxWay | undefined {
  const wanted = process.env["MAYFLY_SANDBOX"];
  return sandboxWays.find((way) => way === wanted);
}

/** Full path of bubblewrap; undefined if it is not installed. */
export const findBubblewrap = (): string | undefined => findTool("bwrap");

/** What a kernel refuses is told only by trying: the launcher is tried first, then bubblewrap; or the wanted one alone. */
export async function findWay(wanted?: SandboxWay): Promise<FoundWay> {
  const failures = { launcher: "", bubblewrap: findBubblewrap() === undefined ? notInstalled : "" };
  const found = (way: SandboxWay | undefined, canAttach: boolean): FoundWay => ({
    way,
    failures,
    canAttach,
    remedies: remediesFor(failures),
  });
  if (wanted !== "bubblewrap") {
    const canAttach = (await trySandbox("launcher", { attachable: ["/tmp"] })) === "";
    failures.launcher = canAttach ? "" : await trySandbox("launcher");
    if (failures.launcher === "") return found("launcher", canAttach);
    if (wanted === "launcher") return found(undefined, false);
  }
  if (failures.bubblewrap === "") failures.bubblewrap = await trySandbox("bubblewrap");
  return found(failures.bubblewrap === "" ? "bubblewrap" : undefined, false);
}

/** The same, with the other way tried too, for who wants to know of it. */
export async function findBothWays(wanted?: SandboxWay): Promise<FoundWay> {
  const found = await findWay(wanted);
  const other = (wanted ?? found.way) === "launcher" ? "bubblewrap" : "launcher";
  const failures = { ...found.failures, [other]: await trySandbox(other) };
  return { ...found, failures, remedies: remediesFor(failures) };
}

const notInstalled = "bubblewrap is not installed";

/** Where Ubuntu says that AppArmor keeps user namespaces from ordinary programs. */
const appArmorSwitch = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

const isHeldByAppArmor = (): boolean => existsSync(appArmorSwitch) && readFileSync(appArmorSwitch, "utf8").trim() === "1";

const remediesFor = (failures: MachineFacts["failures"]): FoundWay["remedies"] => ({
  launcher: canRun(launcherPath) ? namespaceRemedy() : "run Mayfly on Linux x64 or arm64",
  bubblewrap:
    failures.bubblewrap === notInstalled
      ? "install bubblewrap (Debian, Ubuntu: apt install bubblewrap)"
      : failures.bubblewrap.includes("Unknown option")
        ? "install bubblewrap 0.8 or newer"
        : namespaceRemedy(),
});

const namespaceRemedy = (): string =>
  isHeldByAppArmor()
    ? "this system's AppArmor keeps user namespaces from programs without a profile: install the one in docs/isolation.md, for the launcher or bubblewrap, or run Mayfly as root"
    : "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces above 0), or run Mayfly as root";

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return process.platform === "linux";
  } catch {
    return false;
  }
}

/** Runs `true` in a sandbox; answers what went wrong, or nothing. */
async function trySandbox(way: SandboxWay, changes: Pick<SandboxSpec, "attachable"> = {}): Promise<string> {
  if (!canRun(launcherPath)) return `there is no launcher for ${process.platform} on ${process.arch}`;
  const bubblewrap = findBubblewrap();
  if (way === "bubblewrap" && bubblewrap === undefined) return notInstalled;
  const folder = mkdtempSync(join(tmpdir(), "mayfly-doctor-"));
  const spec = {
    id: "doctor",
    folder,
    mounts: [],
    command: ["/usr/bin/true"],
    environment: {},
    workingDirectory: "/",
    listenPorts: [],
    memoryBytes: 0,
    maxProcesses: 0,
    maxOpenFiles: 64,
    ...changes,
  };
  const uid = process.geteuid?.() === 0 ? trialUid : insideUid;
  const description = describe(spec, { uid, ...(way === "bubblewrap" && bubblewrap !== undefined ? { bubblewrap } : {}) });
  return new Promise((resolve) => {
    const child = execFile(launcherPath, [], { env: {}, timeout: trialMs }, (error, _stdout, stderr) => {
      rmSync(folder, { recursive: true, force: true });
      resolve(error === null ? "" : stderr.trim() || error.message);
    });
    child.stdin?.on("error", () => {});
    child.stdin?.end(description);
  });
}
