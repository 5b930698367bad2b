import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Server } from "node:net";
import { networkInterfaces } from "node:os";
import { join } from "node:path";

/** Things of the host's that code in a sandbox must not reach. */
export interface Decoys {
  readonly secret: string;
  readonly secretFile: string;
  readonly port: number;
  /** All addresses of this machine at which something listens on `port`. */
  readonly addresses: readonly string[];
  readonly socketPath: string;
  readonly abstractName: string;
  readonly sharedMemoryKey: number;
  /** Connections that arrived at any of the sockets. */
  readonly visitors: number;
  close(): Promise<void>;
}

// Node has no System V shared memory. The segment goes when the pipe is closed.
const holdSegment = `
import ctypes, sys
libc = ctypes.CDLL(None, use_errno=True)
segment = libc.shmget(ctypes.c_int(int(sys.argv[1])), ctypes.c_size_t(4096), ctypes.c_int(0o1666))
print(segment, flush=True)
sys.stdin.read()
libc.shmctl(segment, 0, None)
`;

async function listen(server: Server, where: Parameters<Server["listen"]>[0]): Promise<Server> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(where, resolve);
  });
  return server;
}

/** Lays them out. @param folder one that is the test's own */
export async function startDecoys(folder: string): Promise<Decoys> {
  const secret = `host-${randomUUID()}`;
  const secretFile = join(folder, "data", "key");
  await mkdir(join(folder, "data"));
  await writeFile(secretFile, secret, { mode: 0o644 });
  process.env["MAYFLY_SECRET_OF_SERVER"] = secret;
  let visitors = 0;
  const server = (): Server => createServer((socket) => (visitors++, socket.destroy()));
  const abstractName = `mayfly-host-${randomUUID()}`;
  const socketPath = join(folder, "data", "socket");
  // One socket for all addresses, IPv6's too where the machine has it.
  const tcp = await listen(server(), { port: 0 });
  const servers = [tcp, await listen(server(), { path: socketPath }), await listen(server(), { path: `\0${abstractName}` })];
  const sharedMemoryKey = Math.trunc(Math.random() * 2 ** 30) + 1;
  const holder = spawn("python3", ["-c", holdSegment, String(sharedMemoryKey)], { stdio: ["pipe", "pipe", "inherit"] });
  const said = String(await new Promise((resolve) => holder.stdout.once("data", resolve)));
  if (!/^\d+\s*$/.test(said)) throw new Error(`The host has no shared memory to attack: ${said}`);
  return {
    secret,
    secretFile,
    port: (tcp.address() as AddressInfo).port,
    addresses: Object.values(networkInterfaces()).flatMap((entries) => (entries ?? []).map(({ address }) => address)),
    socketPath,
    abstractName,
    sharedMemoryKey,
    get visitors() {
      return visitors;
    },
    async close() {
      delete process.env["MAYFLY_SECRET_OF_SERVER"];
      const ended = new Promise((resolve) => holder.once("exit", resolve));
      holder.stdin.end();
      await Promise.all([ended, ...servers.map((one) => new Promise((resolve) => one.close(resolve)))]);
    },
  };
}
