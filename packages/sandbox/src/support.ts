import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCgroups } from "./cgroups/open.ts";
import type { Cgroups } from "./cgroups/types.ts";
import { describe } from "./description.ts";
import { boundsProcessesByUser } from "./linux.ts";
import { launcherPath } from "./launcher-path.ts";
import { openNetwork, withNetwork, type Isolation } from "./network/network-support.ts";
import { insideUid } from "./slots.ts";
import type { Mechanism, SandboxSpec, SandboxSupport } from "./types.ts";

/** What this machine gives, for `mayfly doctor`. Tries a sandbox: what the kernel refuses is told only by trying. */
export async function detectSupport(): Promise<SandboxSupport> {
  const isolation = await detectIsolation();
  const network = await openNetwork(isolation.level === "none" ? "none" : "public", () => {});
  await network.wayOut?.close();
  return withNetwork(isolation, network);
}

async function detectIsolation(): Promise<Isolation> {
  const cgroups = openCgroups("mayfly");
  cgroups?.close();
  const support = await supportOf(cgroups);
  const failure = support.level === "none" ? "" : await trySandbox();
  if (failure === "") return support;
  const refused = failure.includes("system call filter") ? filterRow : namespaceRow;
  const mechanisms = support.mechanisms.map((mechanism) =>
    mechanism.name === refused
      ? {
          name: refused,
          available: false,
          lost: `no function can run: ${failure}`,
          remedy: refused === namespaceRow ? namespaceRemedy() : "use a kernel with CONFIG_SECCOMP_FILTER",
        }
      : mechanism,
  );
  return { level: "none", mechanisms };
}

const namespaceRow = "namespaces";
const filterRow = "seccomp filter";

/** Where Ubuntu says that AppArmor keeps user namespaces from ordinary programs. */
const appArmorSwitch = "/proc/sys/kernel/apparmor_restrict_unprivileged_userns";

function namespaceRemedy(): string {
  const byAppArmor = existsSync(appArmorSwitch) && readFileSync(appArmorSwitch, "utf8").trim() === "1";
  return byAppArmor
    ? "this system's AppArmor keeps user namespaces from ordinary programs: sysctl kernel.apparmor_restrict_unprivileged_userns=0, or run Mayfly as root"
    : "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, user.max_user_namespaces above 0), or run Mayfly as root";
}

const cgroupRemedy =
  "run Mayfly as root, or give it a delegated control group: systemd-run --user --scope -p Delegate=yes npm start (cgroup v2)";

/** The table of mechanisms, by what can be told without starting anything; namespaces and filter count as available until a trial fails. */
export async function supportOf(cgroups: Pick<Cgroups, "version" | "boundsCpu"> | undefined): Promise<Isolation> {
  const isRoot = process.geteuid?.() === 0;
  const hasLauncher = canRun(launcherPath);
  const mechanisms: Mechanism[] = [
    {
      name: "launcher",
      available: hasLauncher,
      lost: hasLauncher ? "" : `no function can run: there is no launcher for ${process.platform} on ${process.arch}`,
      remedy: "run Mayfly on Linux x64 or arm64",
    },
    available(namespaceRow, true, "", ""),
    available(filterRow, true, "", ""),
    available(
      "own user ids",
      isRoot,
      "functions run as the server's own user, apart from each other by namespaces only",
      "run Mayfly as root",
    ),
    available(
      `memory and process limits (cgroup v${cgroups?.version ?? "1 or v2"})`,
      cgroups !== undefined,
      `memory is measured 20 times a second and the function killed at its limit${boundsProcessesByUser(isRoot) ? "" : "; the number of processes is not bounded"}`,
      cgroupRemedy,
    ),
    available(
      "CPU limits (cgroup controller cpu)",
      cgroups?.boundsCpu === true,
      "a function takes all the CPU that it finds, whatever its memory size; it can slow others down",
      cgroups === undefined ? cgroupRemedy : "let Mayfly's control group use the controller cpu (Delegate=cpu memory pids)",
    ),
  ];
  if (!hasLauncher) return { level: "none", mechanisms };
  return { level: mechanisms.every((mechanism) => mechanism.available) ? "full" : "reduced", mechanisms };
}

const available = (name: string, isAvailable: boolean, lost: string, remedy: string): Mechanism =>
  isAvailable ? { name, available: true, lost: "", remedy: "" } : { name, available: false, lost, remedy };

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return process.platform === "linux";
  } catch {
    return false;
  }
}

/** Whether mounts can be attached to running sandboxes; what the kernel refuses is told only by trying. */
export const canAttachMounts = async (): Promise<boolean> => (await trySandbox({ attachable: ["/tmp"] })) === "";

/** Runs `true` in a sandbox; answers what went wrong, or nothing. */
function trySandbox(changes: Pick<SandboxSpec, "attachable"> = {}): Promise<string> {
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
  return new Promise((resolve) => {
    const child = execFile(launcherPath, [], { env: {}, timeout: 5_000 }, (error, _stdout, stderr) => {
      rmSync(folder, { recursive: true, force: true });
      resolve(error === null ? "" : stderr.trim() || error.message);
    });
    child.stdin?.on("error", () => {});
    child.stdin?.end(describe(spec, process.geteuid?.() === 0 ? 2_000_000 : insideUid, []));
  });
}
