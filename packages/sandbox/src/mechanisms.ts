import type { Cgroups } from "./cgroups/types.ts";
import { boundsProcessesByUser } from "./linux.ts";
import type { IsolationLevel, Mechanism, MechanismId, SandboxWay } from "./types.ts";

/** What each level needs in use, best first. Less than the last is no isolation. */
const levels: readonly { readonly level: Exclude<IsolationLevel, "none">; readonly needs: readonly MechanismId[] }[] = [
  { level: "full", needs: ["namespaces", "filter", "uids", "memory", "cpu"] },
  { level: "reduced", needs: ["namespaces", "filter"] },
];

/** What isolation is made of on a machine, as far as it was looked at. */
export interface MachineFacts {
  /** Undefined: no sandbox can be made. */
  readonly way: SandboxWay | undefined;
  /** Why a way does not work; empty if it does, or was not tried. */
  readonly failures: Readonly<Record<SandboxWay, string>>;
  /** Whether mounts can be attached to running sandboxes. */
  readonly canAttach: boolean;
  readonly cgroups: Pick<Cgroups, "version" | "boundsCpu"> | undefined;
  readonly isRoot: boolean;
  readonly remedies: { readonly launcher: string; readonly bubblewrap: string };
}

interface Row {
  readonly id: MechanismId;
  readonly name: string | ((facts: MachineFacts) => string);
  readonly isAvailable: (facts: MachineFacts) => boolean;
  /** Whether sandboxes have it; where they can be made at all and this says nothing, they have what is available. */
  readonly isUsed?: (facts: MachineFacts) => boolean;
  readonly lost: string | ((facts: MachineFacts) => string);
  readonly remedy: string | ((facts: MachineFacts) => string);
}

const nothingRuns = ({ failures }: MachineFacts): string =>
  `no function can run: ${[failures.launcher, failures.bubblewrap].filter((failure) => failure !== "").join("; ")}`;
const isFilterFailure = ({ failures }: MachineFacts): boolean => failures.launcher.includes("system call filter");

const cgroupRemedy =
  "run Mayfly as root, or give it a delegated control group: systemd-run --user --scope -p Delegate=yes npm start (cgroup v2)";

/** The two ways, then what a sandbox is made of, in doctor's order. */
const rows: readonly Row[] = [
  {
    id: "launcher",
    name: "launcher",
    isAvailable: ({ failures }) => failures.launcher === "",
    isUsed: ({ way }) => way === "launcher",
    lost: (facts) => (facts.way === undefined ? nothingRuns(facts) : "what bubblewrap lacks, below"),
    remedy: ({ failures, remedies }) => (failures.launcher === "" ? "start without --sandbox bubblewrap" : remedies.launcher),
  },
  {
    id: "bubblewrap",
    name: "bubblewrap",
    isAvailable: ({ failures }) => failures.bubblewrap === "",
    isUsed: ({ way }) => way === "bubblewrap",
    lost: (facts) => (facts.way === undefined ? nothingRuns(facts) : "nothing: the launcher does its work, and more"),
    remedy: ({ failures, remedies }) => (failures.bubblewrap === "" ? "start with --sandbox bubblewrap" : remedies.bubblewrap),
  },
  {
    id: "namespaces",
    name: "namespaces",
    isAvailable: (facts) => facts.way !== undefined || isFilterFailure(facts),
    lost: nothingRuns,
    remedy: ({ remedies }) => remedies.launcher,
  },
  {
    id: "filter",
    name: "seccomp filter",
    isAvailable: (facts) => !isFilterFailure(facts),
    lost: nothingRuns,
    remedy: "use a kernel with CONFIG_SECCOMP_FILTER",
  },
  {
    id: "attaching",
    name: "mounts into running sandboxes",
    isAvailable: ({ canAttach }) => canAttach,
    lost: "no process is booted ahead of the function that it is for: cold starts take longer",
    remedy: "use Linux 5.12 and the launcher",
  },
  {
    id: "copying",
    name: "copies of a loaded Python",
    isAvailable: ({ isRoot, failures }) => isRoot && failures.launcher === "",
    isUsed: ({ isRoot, way }) => isRoot && way === "launcher",
    lost: "no Python process is made by a fork of one that has loaded boto3: cold starts take longer, and environments share less memory",
    remedy: "run Mayfly as root, and use the launcher",
  },
  {
    id: "fileCount",
    name: "bound on the number of files in /tmp",
    isAvailable: ({ failures }) => failures.launcher === "",
    isUsed: ({ way }) => way === "launcher",
    lost: ({ cgroups }) =>
      cgroups === undefined
        ? "a function can fill the machine's memory with empty files"
        : "a function that makes files without end is ended by its memory limit",
    remedy: "use the launcher",
  },
  {
    id: "uids",
    name: "own user ids",
    isAvailable: ({ isRoot }) => isRoot,
    lost: "functions run as the server's own user, apart from each other by namespaces only",
    remedy: "run Mayfly as root",
  },
  {
    id: "memory",
    name: ({ cgroups }) => `memory and process limits (cgroup v${cgroups?.version ?? "1 or v2"})`,
    isAvailable: ({ cgroups }) => cgroups !== undefined,
    lost: ({ isRoot }) =>
      `memory is measured 20 times a second and the function killed at its limit${boundsProcessesByUser(isRoot) ? "" : "; the number of processes is not bounded"}`,
    remedy: cgroupRemedy,
  },
  {
    id: "cpu",
    name: "CPU limits (cgroup controller cpu)",
    isAvailable: ({ cgroups }) => cgroups?.boundsCpu === true,
    lost: "a function takes all the CPU that it finds, whatever its memory size; it can slow others down",
    remedy: ({ cgroups }) =>
      cgroups === undefined ? cgroupRemedy : "let Mayfly's control group use the controller cpu (Delegate=cpu memory pids)",
  },
];

const said = (text: Row["lost"], facts: MachineFacts): string => (typeof text === "string" ? text : text(facts));

/** The rows as a machine has them. */
export const mechanismsOf = (facts: MachineFacts): readonly Mechanism[] =>
  rows.map((row) => {
    const available = row.isAvailable(facts);
    const used = facts.way !== undefined && (row.isUsed ?? row.isAvailable)(facts);
    return {
      id: row.id,
      name: said(row.name, facts),
      available,
      used,
      lost: used ? "" : said(row.lost, facts),
      remedy: used ? "" : said(row.remedy, facts),
    };
  });

/** The level that mechanisms come to. */
export function levelOf(mechanisms: readonly Mechanism[]): IsolationLevel {
  const used = new Set(mechanisms.filter((mechanism) => mechanism.used).map(({ id }) => id));
  return levels.find(({ needs }) => needs.every((id) => used.has(id)))?.level ?? "none";
}

/** What keeps mechanisms from being the best level. */
export function lackingOf(mechanisms: readonly Mechanism[]): readonly Mechanism[] {
  return mechanisms.filter(({ id, used }) => !used && levels[0]?.needs.includes(id));
}
