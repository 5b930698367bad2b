/** Bounds of Mayfly's own service. Each name ends in its unit. */
export const mayflyLimits = {
  /** A sign-in link is good for this long, once. */
  signinTokenMs: 15 * 60_000,
  /** A browser stays signed in for this long. */
  consoleSessionMs: 12 * 3_600_000,
  /** Somebody who signed in with a role's credentials stays for this long: those credentials end, too. */
  roleConsoleSessionMs: 3_600_000,
  /** The page's temporary credentials. */
  consoleCredentialsSeconds: 900,
  userAgentCharacters: 256,
  /** Contents of all changes of a draft together. */
  draftBytes: 6 * 2 ** 20,
  /** A file that is shown in the editor. */
  shownFileBytes: 6 * 2 ** 20,
  pathBytes: 4_096,
  pathPartBytes: 255,
  /** All private test events that somebody keeps of a function. */
  testEventsBytes: 256 * 2 ** 10,
  testEventCount: 10,
  /** Invocations kept of a function that allows it, for so long, and what they may take on disk. */
  keptInvocationCount: 200,
  keptInvocationsBytes: 32 * 2 ** 20,
  keptInvocationMs: 24 * 3_600_000,
  /** Gathered for so long before they are written; what comes while more than that waits is not kept. */
  keptLingerMs: 100,
  keptWaitingBytes: 64 * 2 ** 20,
  keptPageCount: 50,
  /** Of an invocation's log, its end; as much as LogType Tail gives. */
  keptLogBytes: 4_096,
  /** How long after an invocation's end its last lines may have been said. */
  keptLogSlackMs: 1_000,
  trailPageCount: 50,
  mailPageCount: 50,
  /** Environments listed of a function unless the caller wants more. */
  environmentCount: 100,
} as const;
