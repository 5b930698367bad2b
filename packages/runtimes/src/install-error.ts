/** An installation that can't be done; the message says what to do instead. */
export class RuntimeInstallError extends Error {
  override readonly name = "RuntimeInstallError";
}
