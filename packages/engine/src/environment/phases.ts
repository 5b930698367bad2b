/** How long the parts of a start took. Milliseconds. */
export interface StartPhases {
  /** The process came from a pool of booted ones. */
  readonly pooled: boolean;
  /** For a core to be free. */
  readonly waitedMs: number;
  /** Namespaces, mounts, control group, listeners; 0 from the pool. */
  readonly sandboxMs: number;
  /** Code, memory and variables given to a process that was booted before. */
  readonly codeMs: number;
}

/** A new environment's way to its first answer. Milliseconds, one after the other. */
export interface EnvironmentPhases extends StartPhases {
  /** From the process's start to its asking for an event: the interpreter's boot, unless it was pooled, and the function's own start. */
  readonly initMs: number;
  /** The first event; undefined until it is answered. */
  readonly firstResponseMs: number | undefined;
}
