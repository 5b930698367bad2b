import { readdirSync, readFileSync, readlinkSync } from "node:fs";

const listenState = "0A";

/** Process that listens on a TCP port, as far as this user may see it (Linux's /proc). */
export function processListeningOn(port: number): number | undefined {
  const sockets = new Set(
    [...listeningInodes("/proc/net/tcp", port), ...listeningInodes("/proc/net/tcp6", port)].map((inode) => `socket:[${inode}]`),
  );
  if (sockets.size === 0) return undefined;
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const pid = pids.find((candidate) => openFiles(candidate).some((target) => sockets.has(target)));
  return pid === undefined ? undefined : Number(pid);
}

function listeningInodes(table: string, port: number): string[] {
  const portHex = port.toString(16).toUpperCase().padStart(4, "0");
  return readable(() => readFileSync(table, "utf8"), "")
    .split("\n")
    .slice(1)
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[3] === listenState && fields[1]?.endsWith(`:${portHex}`) === true)
    .map((fields) => fields[9] ?? "");
}

function openFiles(pid: string): string[] {
  const folder = `/proc/${pid}/fd`;
  return readable(() => readdirSync(folder), []).map((fd) => readable(() => readlinkSync(`${folder}/${fd}`), ""));
}

/** Processes come and go, and other users' are closed to us: neither is an error here. */
function readable<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch {
    return otherwise;
  }
}
