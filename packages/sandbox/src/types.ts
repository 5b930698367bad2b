import type { Server } from "node:net";
import type { Readable } from "node:stream";

/** Something that the sandboxed process sees in its file system. */
export type SandboxMount =
  | { readonly kind: "bind"; readonly source: string; readonly target: string; readonly readOnly: boolean }
  | { readonly kind: "tmpfs"; readonly target: string; readonly sizeBytes: number; readonly mode: number };

/**
 * What a sandbox reaches beyond its own loopback: nothing; the internet, but not the machine, its networks, and whatever else is not public; whatever the
 * machine reaches over a network. The machine's loopback is reached by none.
 */
export type NetworkReach = "none" | "public" | "all";

/** Programs that run in a sandbox beside its command, which then waits for {@link Sandbox.startCommand}. */
export interface ProgramsBeside {
  /** Absolute paths inside the sandbox. They run from the start; what they print comes by standard error. */
  readonly programs: readonly string[];
  /** Variables of the environment that they don't get. */
  readonly hiddenVariables: readonly string[];
}

/** One sandbox to be made. All paths are absolute. */
export interface SandboxSpec {
  /** Unique while the server lives; letters, digits, `-`. Names the cgroup and the folder. */
  readonly id: string;
  /** An existing folder of this sandbox's own, on which its root is put together. The caller removes it afterwards. */
  readonly folder: string;
  /** In order; later ones may lie inside earlier ones. The system's own (/usr, /lib, /etc/ssl, /proc, /dev) come from the sandbox package. */
  readonly mounts: readonly SandboxMount[];
  /** Folders inside that are empty at the start and onto which {@link Sandbox.attach} may put mounts. None unless the factory `canAttach`. */
  readonly attachable?: readonly string[];
  /** First word: absolute path inside the sandbox. */
  readonly command: readonly string[];
  readonly beside?: ProgramsBeside;
  /**
   * The command is not run: the program is a copy of the zygote that listens there, with the command's words. A path of the host's. None unless the factory
   * `canCopy`.
   */
  readonly copyOf?: string;
  /**
   * This sandbox is a zygote's: its program hands out copies of itself at this socket, which is its descriptor 3. It has a few capabilities, to enter other sandboxes, and no
   * pid namespace; it must be given nothing of a function's.
   */
  readonly zygoteSocket?: string;
  /** The whole environment; nothing of the server's is added. */
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  /** TCP ports on 127.0.0.1 inside the sandbox whose listening sockets are handed to the caller. */
  readonly listenPorts: readonly number[];
  /** The factory's unless told. */
  readonly network?: NetworkReach;
  readonly memoryBytes: number;
  /** Processes and threads together. */
  readonly maxProcesses: number;
  readonly maxOpenFiles: number;
  /** How many processors' time it may take, in any 20 ms. Without it, all there are. */
  readonly cpus?: number;
}

/** How a sandbox came to its end. */
export interface SandboxExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The memory limit ended it. */
  readonly outOfMemory: boolean;
}

/** Bounds that a running sandbox is given anew; what is left out stays. */
export interface SandboxLimits {
  readonly memoryBytes?: number;
  /** Infinity: all there are. */
  readonly cpus?: number;
}

/** A running sandbox. */
export interface Sandbox {
  readonly id: string;
  /** Process id on the host of the sandbox's first process. */
  readonly pid: number;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** By port: a server that listens inside the sandbox and whose connections arrive here. `connection` handlers are the caller's. */
  readonly listeners: ReadonlyMap<number, Server>;
  /** Resolves once the command has ended, all programs beside it, and every other process of the sandbox with them. */
  readonly exited: Promise<SandboxExit>;
  /** Resolves once the command has ended: with `exited`, unless there are programs beside it. */
  readonly commandExited: Promise<SandboxExit>;
  /** When the programs beside it end, in their order. */
  readonly besideExited: readonly Promise<SandboxExit>[];
  /** Lets the command of a sandbox with programs beside it run. */
  startCommand(): void;
  /**
   * Puts mounts onto `attachable` folders. What runs inside sees them from then on; what has such a folder as its working directory must enter it anew.
   * After an error some of them may be there. @throws SandboxError
   */
  attach(mounts: readonly SandboxMount[]): Promise<void>;
  /** Changes its bounds; costs some writes to the kernel. @throws SandboxError if the kernel refuses, as it may for less memory than is in use */
  limit(limits: SandboxLimits): void;
  /** Highest memory use so far, bytes; undefined where the machine can't measure it. */
  peakMemoryBytes(): Promise<number | undefined>;
  /** Process ids on the host of what runs inside; undefined where no control group tells. */
  processes(): readonly number[] | undefined;
  /** Ends every process of the sandbox at once (SIGKILL); resolves when none is left. Idempotent. */
  kill(): Promise<void>;
  /** Sends a signal to the command only. */
  signal(signal: NodeJS.Signals): void;
  /** Ends the command only. */
  killCommand(): void;
}

/** How sandboxes are made: by the launcher alone, or by bubblewrap with the launcher inside. */
export const sandboxWays = ["launcher", "bubblewrap"] as const;
export type SandboxWay = (typeof sandboxWays)[number];

/** What isolation is made of. */
export type MechanismId =
  | SandboxWay
  | "namespaces"
  | "filter"
  | "attaching"
  | "copying"
  | "fileCount"
  | "uids"
  | "memory"
  | "cpu"
  /** The way out. */
  | "network";

/** One mechanism, whether this machine gives it, and whether sandboxes here have it. Doctor prints these. */
export interface Mechanism {
  readonly id: MechanismId;
  readonly name: string;
  readonly available: boolean;
  readonly used: boolean;
  /** What is lost without it; empty if it is used. */
  readonly lost: string;
  /** How to get it; empty if it is used. */
  readonly remedy: string;
}

/** `full`: nothing of what keeps functions apart is missing. `reduced`: something is. `none`: no sandbox can be made. See `mechanisms.ts`. */
export type IsolationLevel = "full" | "reduced" | "none";

/** What sandboxes reach unless their spec says otherwise. */
export interface NetworkSupport {
  readonly reach: NetworkReach;
  /** Why it is less than was asked for. */
  readonly lacking?: string;
}

/** What this machine can do. */
export interface SandboxSupport {
  /** Undefined: no sandbox can be made. */
  readonly way: SandboxWay | undefined;
  readonly level: IsolationLevel;
  /** Those of the mechanisms that are missing for `full`. */
  readonly lacking: readonly Mechanism[];
  readonly mechanisms: readonly Mechanism[];
  readonly network: NetworkSupport;
}

/** Makes sandboxes. One per server. */
export interface SandboxFactory {
  readonly support: SandboxSupport;
  /** Whether mounts may be attached to running sandboxes here (Linux 5.12, and not with bubblewrap). */
  readonly canAttach: boolean;
  /** Whether programs may be copies of a zygote here: as root. */
  readonly canCopy: boolean;
  /** Bounds the memory that all sandboxes may have together: beyond it the kernel ends the largest program among them. False where it can't be bounded. */
  boundMemory(bytes: number): boolean;
  /** Resolves when the process has been started and every listener has arrived. @throws SandboxError */
  start(spec: SandboxSpec): Promise<Sandbox>;
  /** Removes what an earlier server that was killed left behind: processes and cgroups of its sandboxes. */
  sweep(): Promise<void>;
  /** Kills every sandbox that still runs. */
  close(): Promise<void>;
}
