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
  /** Environments listed of a function unless the caller wants more. */
  environmentCount: 100,
} as const;
