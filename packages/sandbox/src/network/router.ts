import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { SandboxError } from "../sandbox-error.ts";
import { networkLimits } from "./limits.ts";
import { findTool, runTool, toolEnvironment } from "./tools.ts";

/** A user that nothing else on the machine runs as: as root, the router belongs to it and the uplink's process runs as it. Just below the sandboxes' (slots.ts). */
export const uplinkUid = 1_999_999;

/**
 * The router: a network namespace between the sandboxes and the world. What passes is decided in it, by rules that no sandbox can reach, and the machine's
 * own network is left as it is but for the uplink. It is there as long as one of its descriptors is open, so it goes when the server does, however that ends.
 */
export interface Router {
  /** Descriptors of the network namespace, and of the user namespace that owns it where the server needs that to enter. */
  readonly network: number;
  readonly users: number | undefined;
  /** A process that lives in it as long as the router does: what can take no descriptor names the namespaces by it. */
  readonly pid: number;
  /** Runs a tool inside. @throws SandboxError */
  run(command: readonly string[], input?: string): Promise<string>;
  close(): void;
}

const { tcpEstablished, tcpClosing, tcpClosed, udpUnanswered, udpAnswered } = networkLimits.idleSeconds;

/** Settings of the kernel's, for the router alone. Those that an older kernel lacks, or keeps from ordinary users, are left. */
const settings: Readonly<Record<string, number>> = {
  "ipv4/ip_forward": 1,
  // Who is refused is told so each time; else a program that tries again waits for its own timeout.
  "ipv4/icmp_ratelimit": 0,
  "ipv6/icmp/ratelimit": 0,
  "ipv4/conf/default/accept_redirects": 0,
  "ipv4/conf/all/send_redirects": 0,
  "ipv4/conf/default/send_redirects": 0,
  "ipv6/conf/default/accept_ra": 0,
  "ipv6/conf/default/accept_redirects": 0,
  "ipv6/conf/all/forwarding": 1,
  "netfilter/nf_conntrack_tcp_timeout_established": tcpEstablished,
  "netfilter/nf_conntrack_tcp_timeout_fin_wait": tcpClosing,
  "netfilter/nf_conntrack_tcp_timeout_close_wait": tcpClosing,
  "netfilter/nf_conntrack_tcp_timeout_time_wait": tcpClosed,
  "netfilter/nf_conntrack_udp_timeout": udpUnanswered,
  "netfilter/nf_conntrack_udp_timeout_stream": udpAnswered,
};

/** @param asUser the router belongs to a user of its own, whose processes can then be its uplink; only root needs to ask for it. @throws SandboxError */
export async function openRouter(asUser: boolean): Promise<Router> {
  const isRoot = process.geteuid?.() === 0;
  const holder = await startHolder(isRoot, asUser);
  const pid = holder.pid!;
  const network = openSync(`/proc/${pid}/ns/net`, "r");
  const users = isRoot ? undefined : openSync(`/proc/${pid}/ns/user`, "r");
  const entry = ["nsenter", "--net=/proc/self/fd/3", ...(users === undefined ? [] : ["--user=/proc/self/fd/4", "--preserve-credentials"])];
  const router: Router = {
    network,
    users,
    pid,
    run: (command, input) => runTool([...entry, ...command], input, users === undefined ? [network] : [network, users]),
    close() {
      closeSync(network);
      if (users !== undefined) closeSync(users);
      holder.stdin?.destroy();
    },
  };
  try {
    const set = Object.entries(settings).map(([file, value]) => `echo ${value} > /proc/sys/net/${file}`);
    await router.run(["sh", "-c", `exec 2> /dev/null; ${set.join("; ")}; true`]);
    return router;
  } catch (error) {
    router.close();
    throw error;
  }
}

/** Starts a process in new namespaces that ends when its standard input does. */
async function startHolder(isRoot: boolean, asUser: boolean): Promise<ChildProcess> {
  const become = isRoot && asUser ? ["setpriv", `--reuid=${uplinkUid}`, `--regid=${uplinkUid}`, "--clear-groups"] : [];
  const namespaces = ["unshare", "--net", ...(isRoot && !asUser ? [] : ["--user", "--map-root-user"])];
  const command: readonly string[] = [...become, ...namespaces, "sh", "-c", "echo; exec cat"];
  const [program = "", ...args] = command;
  const holder = spawn(findTool(program) ?? program, args, { stdio: ["pipe", "pipe", "pipe"], env: toolEnvironment, cwd: "/" });
  holder.stdin.on("error", () => {});
  let said = "";
  holder.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    const fail = (why: string): void => reject(new SandboxError(`A network namespace could not be made: ${why}`));
    holder.stdout.once("data", () => resolve());
    holder.once("error", ({ message }) => fail(message));
    holder.once("close", (code) => fail(said.trim() || `${program} ended with ${code}`));
  });
  return holder;
}
