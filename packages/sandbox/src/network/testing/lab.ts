import { execFile, spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { findTool } from "../tools.ts";
import type { Order } from "./driver.ts";
import { wayOfEnvironment } from "../../ways.ts";

const execute = promisify(execFile);
const ip = (line: string): Promise<unknown> => execute("ip", line.split(" "));

/** Addresses of the test's world. Those that stand for the internet are of the documentation ranges, which nobody has. */
export const world = {
  internet: "198.51.100.10",
  internetIpv6: "2001:db8:2::10",
  private: "10.1.2.3",
  privateIpv6: "fd00:77::7",
  carrier: "100.65.0.1",
  linkLocal: "169.254.169.254",
  machine: "203.0.113.2",
  machineIpv6: "2001:db8:1::2",
  neighbourIpv6: "2001:db8:1::1",
  /** Private, as an office's name server is. */
  resolver: "10.9.9.53",
} as const;

/**
 * A machine and an internet, each a network namespace, joined by a wire; nothing leads from them to the real machine's network. Servers run on the machine,
 * as root or as an ordinary user. Needs root, iproute2 and nftables.
 */
export interface Lab {
  readonly machine: string;
  readonly internet: string;
  /** Starts a server on the machine. */
  server(options: { reach: string; asUser?: boolean; without?: readonly string[] }): Promise<Server>;
  /** Runs a command on the machine. */
  run(...command: readonly string[]): Promise<string>;
  /** Changes the machine's name server. */
  setResolver(address: string): void;
  close(): Promise<void>;
}

/** A server under test. */
export interface Server {
  readonly process: ChildProcess;
  ask(order: Order): Promise<unknown>;
  /** Runs a Python program in a sandbox of its own to its end; answers what it printed. */
  python(program: string, network?: "none" | "public" | "all"): Promise<string>;
  close(): Promise<void>;
}

let labs = 0;

/** Why a test of the network can't be had here, unless it must be: network namespaces are made by root, with Debian's iproute2 and nftables. */
export function cannot(...needs: readonly (string | undefined)[]): string | undefined {
  const isRoot = process.geteuid?.() === 0;
  const missing = ["ip", "nft", ...needs].filter((tool) => tool !== undefined && findTool(tool) === undefined);
  if (isRoot && missing.length === 0) return undefined;
  const why = isRoot ? `${missing.join(", ")} not installed` : "needs root";
  if (process.env["CI"] !== undefined) throw new Error(`The network can't be tested: ${why}.`);
  return why;
}

/** Makes it; fails where network namespaces can't be made. */
export async function openLab(): Promise<Lab> {
  const tag = `${process.pid}-${labs++}`;
  const [machine, internet] = [`mfm-${tag}`, `mfi-${tag}`];
  const folder = mkdtempSync(join(tmpdir(), "mayfly-lab-"));
  // What `ip netns exec` shows as the machine's /etc/resolv.conf.
  const settings = `/etc/netns/${machine}`;
  mkdirSync(settings, { recursive: true });
  const setResolver = (address: string): void => writeFileSync(join(settings, "resolv.conf"), `nameserver ${address}\n`);
  setResolver(world.resolver);
  await wire(machine, internet);
  const far = spawn(
    "ip",
    ["netns", "exec", internet, process.execPath, join(import.meta.dirname, "internet.ts"), world.internet, world.resolver],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  await new Promise((resolve) => far.stdout.once("data", resolve));
  const servers = new Set<Server>();
  return {
    machine,
    internet,
    async server(options) {
      const server = await startServer(machine, folder, options);
      servers.add(server);
      return server;
    },
    run: async (...command) => (await execute("ip", ["netns", "exec", machine, ...command])).stdout,
    setResolver,
    async close() {
      for (const server of servers) server.process.kill("SIGKILL");
      far.kill("SIGKILL");
      for (const name of [machine, internet]) await ip(`netns del ${name}`);
      for (const path of [folder, settings]) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** The machine has one wire, to the internet, and its default routes by way of it; the internet also has what should not be reached. */
async function wire(machine: string, internet: string): Promise<void> {
  for (const name of [machine, internet]) {
    await ip(`netns add ${name}`);
    await ip(`-n ${name} link set lo up`);
  }
  await ip(`-n ${machine} link add wire0 type veth peer name wire0 netns ${internet}`);
  await ip(`-n ${machine} addr add ${world.machine}/24 dev wire0`);
  await ip(`-n ${machine} addr add ${world.machineIpv6}/64 dev wire0 nodad`);
  await ip(`-n ${internet} addr add 203.0.113.1/24 dev wire0`);
  await ip(`-n ${internet} addr add ${world.neighbourIpv6}/64 dev wire0 nodad`);
  for (const name of [machine, internet]) await ip(`-n ${name} link set wire0 up`);
  for (const address of [world.internet, world.private, world.carrier, world.linkLocal, world.resolver])
    await ip(`-n ${internet} addr add ${address}/32 dev lo`);
  for (const address of [world.internetIpv6, world.privateIpv6]) await ip(`-n ${internet} addr add ${address}/128 dev lo nodad`);
  await ip(`-n ${machine} route add default via 203.0.113.1`);
  await ip(`-n ${machine} -6 route add default via ${world.neighbourIpv6}`);
}

/** An ordinary user may be unable to read the checkout: the package and Node go where they can. */
function copyPackage(folder: string): { readonly node: string; readonly driver: string } {
  const copy = mkdtempSync(join(folder, "copy-"));
  cpSync(join(import.meta.dirname, "../../.."), join(copy, "sandbox"), {
    recursive: true,
    filter: (path) => !path.includes("node_modules"),
  });
  cpSync(process.execPath, join(copy, "node"));
  return { node: join(copy, "node"), driver: join(copy, "sandbox/src/network/testing/driver.ts") };
}

async function startServer(
  machine: string,
  folder: string,
  { reach, asUser = false, without = [] }: { reach: string; asUser?: boolean; without?: readonly string[] },
): Promise<Server> {
  const here = { node: process.execPath, driver: join(import.meta.dirname, "driver.ts") };
  const { node, driver } = asUser ? copyPackage(folder) : here;
  if (asUser) await execute("chmod", ["755", folder]).then(() => execute("chmod", ["-R", "a+rX", folder]));
  const devices = mkdtempSync(join(folder, "dev-"));
  const script = [
    "set -e; mount --make-rprivate /",
    // On some machines it is closed to ordinary users; whether it is is not what the test is about.
    `mount -t tmpfs none ${devices}; mknod -m 666 ${devices}/tun c 10 200; mount --bind ${devices}/tun /dev/net/tun`,
    ...without.map((tool) => `mount --bind /dev/null ${tool}`),
    `exec ${asUser ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""}"$@"`,
  ].join("\n");
  const child = spawn(
    "ip",
    ["netns", "exec", machine, "unshare", "-m", "sh", "-c", script, "sh", node, "--disable-warning=ExperimentalWarning", driver, reach],
    {
      stdio: ["pipe", "pipe", "inherit"],
      env: {
        PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
        TMPDIR: asUser ? tmpdir() : folder,
        MAYFLY_SANDBOX: wayOfEnvironment() ?? "",
      },
    },
  );
  return serverOf(child);
}

async function serverOf(child: ReturnType<typeof spawn>): Promise<Server> {
  type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (error: Error) => void };
  const waiting = new Map<number, Waiting>();
  let last = 0;
  const ready = new Promise<void>((resolve, reject) => {
    createInterface({ input: child.stdout! }).on("line", (line) => {
      const { number, value, error } = JSON.parse(line) as { number?: number; value?: unknown; error?: string };
      if (number === undefined) return resolve();
      const order = waiting.get(number);
      waiting.delete(number);
      if (error === undefined) order?.resolve(value);
      else order?.reject(new Error(error));
    });
    child.once("close", () => {
      reject(new Error("The server ended before it was ready."));
      for (const { reject: fail } of waiting.values()) fail(new Error("The server has ended."));
    });
  });
  await ready;
  const ask = (order: Order): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const number = ++last;
      waiting.set(number, { resolve, reject });
      child.stdin?.write(`${JSON.stringify({ number, order })}\n`);
    });
  return {
    process: child,
    ask,
    async python(program, network) {
      const id = `p${last}`;
      await ask({ do: "start", id, python: program, ...(network === undefined ? {} : { network }) });
      return (await ask({ do: "output", id })) as string;
    },
    async close() {
      await ask({ do: "close" });
      child.stdin?.end();
      await new Promise((resolve) => (child.exitCode === null ? child.once("exit", resolve) : resolve(undefined)));
    },
  };
}
