import { isIP } from "node:net";

/**
 * Whether a Host header may be answered by a server that listens on loopback only. A web page of somebody else's can make its own
 * name resolve to 127.0.0.1 (DNS rebinding); such a name is none of these.
 */
export function isLoopbackHost(header: string | undefined): boolean {
  if (header === undefined) return false;
  const name = hostName(header).toLowerCase();
  return loopbackNames.has(name) || name.endsWith(".localhost") || name === "[::1]" || (isIP(name) === 4 && name.startsWith("127."));
}

/** SDKs that are not told otherwise put a prefix before the name for StartLiveTail; nobody can own a name without a dot. */
const loopbackNames: ReadonlySet<string> = new Set(["localhost", "stream-localhost", "streaming-localhost"]);

/** Whether an address to listen on is reachable from this machine only. */
export function isLoopbackAddress(address: string): boolean {
  return address === "localhost" || address === "::1" || (isIP(address) === 4 && address.startsWith("127."));
}

/** The header without its port. */
function hostName(header: string): string {
  return header.replace(/:\d{1,5}$/, "");
}
