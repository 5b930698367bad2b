/** What a control group bounds. */
export interface CgroupLimits {
  readonly memoryBytes: number;
  readonly maxProcesses: number;
  /** How many processors' time it may take; Infinity: no bound. */
  readonly cpus: number;
}

/** A control group of one sandbox. */
export interface Cgroup {
  /** cgroup.procs files that the launcher joins before anything of the function runs. */
  readonly processFiles: readonly string[];
  /** @throws Error if the kernel refuses */
  limit(limits: Partial<CgroupLimits>): void;
  /** Undefined where the kernel keeps no peak (cgroup v2 before Linux 5.19). */
  peakMemoryBytes(): number | undefined;
  /** Whether the kernel killed a process for want of memory. */
  ranOutOfMemory(): boolean;
  /** Process ids of all that is in it. */
  processes(): readonly number[];
  /** Kills every process in it but one. From outside: what is inside may have to wait long for its turn among a thousand that spin. */
  killAllBut(pid: number): void;
  /** Removes it, with what is left in it. */
  remove(): Promise<void>;
}

/** Makes control groups, by whichever version this machine lets us write. */
export interface Cgroups {
  readonly version: 1 | 2;
  /** Whether `cpus` is obeyed; memory and processes always are. */
  readonly boundsCpu: boolean;
  create(id: string, limits: CgroupLimits): Cgroup;
  /** Bounds the memory of all groups together. False if the kernel can't. */
  limitTotal(memoryBytes: number): boolean;
  /** Removes groups that servers which are gone left behind. False if some can't go before their killed processes have. */
  sweep(): boolean;
  /** Removes this server's own parent group. */
  close(): void;
}
