/** A sandbox could not be made; the message says which step failed and why. */
export class SandboxError extends Error {
  override readonly name = "SandboxError";
}
