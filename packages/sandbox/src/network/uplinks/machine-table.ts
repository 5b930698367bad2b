import { readFileSync, writeFileSync } from "node:fs";
import { isOfTheDead } from "../../incarnation.ts";
import { defaultInterfaces } from "../machine.ts";
import { findTool, runTool } from "../tools.ts";

const prefix = "mayfly-";
const nft = (rules: string): Promise<string> => runTool(["nft", "-f", "-"], rules);
const forwardingOf = (interfaceName: string): string => `/proc/sys/net/ipv4/conf/${interfaceName}/forwarding`;

/** What a server with a veth uplink changes of the machine's own network: a table of rules, in which it also notes what it switched on. */
export interface MachineTable {
  /** Lets packets that come in by way of the world's interfaces go on to the router, and answers to names come from loopback. */
  refresh(loopbackResolver: string | undefined): Promise<void>;
  /** Takes the table away and switches off what it switched on. */
  remove(): Promise<void>;
}

/** The machine's rules about the router: it reaches the machine itself only where it may reach all, and for names; beyond it, whatever the router lets through. */
const rules = (table: string, link: string, openAddress: string): string => `
table inet ${table} {
  set forwarding { type ifname; }
  chain resolve {
    type nat hook prerouting priority dstnat; policy accept;
  }
  chain input {
    type filter hook input priority filter; policy accept;
    iifname != "${link}" accept
    ct state established, related accept
    ct status dnat accept
    ip saddr ${openAddress} accept
    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
    drop
  }
  chain leave {
    type nat hook postrouting priority srcnat; policy accept;
    iifname "${link}" masquerade
  }
}
`;

/** @throws SandboxError */
export async function openMachineTable(
  server: string,
  link: string,
  { world, open }: { world: string; open: string },
): Promise<MachineTable> {
  const table = `${prefix}${server}`;
  await nft(rules(table, link, open));
  write(forwardingOf(link), "1");
  let asked: string | undefined;
  return {
    async refresh(loopbackResolver) {
      // Others may have switched it off again in the meantime, another Mayfly at its end among them.
      const closed = defaultInterfaces().filter((name) => read(forwardingOf(name)) === "0");
      if (closed.length > 0) await nft(`add element inet ${table} forwarding { ${closed.map((name) => `"${name}"`).join(", ")} }\n`);
      for (const name of closed) write(forwardingOf(name), "1");
      if (loopbackResolver === asked) return;
      // Only packets from the router may be sent on to loopback, and only these.
      if (loopbackResolver !== undefined) write(`/proc/sys/net/ipv4/conf/${link}/route_localnet`, "1");
      const rule = `add rule inet ${table} resolve iifname "${link}" ip daddr ${world} meta l4proto { tcp, udp } th dport 53 dnat ip to ${loopbackResolver}`;
      await nft(`flush chain inet ${table} resolve\n${loopbackResolver === undefined ? "" : `${rule}\n`}`);
      asked = loopbackResolver;
    },
    remove: () => removeTable(table),
  };
}

/** Removes the tables of servers that are gone, and switches off what they had switched on. */
export async function sweepMachineTables(): Promise<void> {
  if (process.geteuid?.() !== 0 || findTool("nft") === undefined) return;
  const listed = await runTool(["nft", "list", "tables", "inet"]).catch(() => "");
  const tables = listed.split("\n").map((line) => line.replace(/^table inet /, ""));
  for (const table of tables.filter((name) => isOfTheDead(name, prefix))) await removeTable(table);
}

async function removeTable(table: string): Promise<void> {
  const switchedOn = [...(await runTool(["nft", "list", "set", "inet", table, "forwarding"])).matchAll(/"([^"]+)"/g)].map(
    ([, name = ""]) => name,
  );
  await nft(`delete table inet ${table}\n`);
  for (const name of switchedOn) write(forwardingOf(name), "0");
}

/** A chain of somebody else's firewall that drops whatever is forwarded and not expressly allowed: answers its table. */
export async function forwardingFirewall(): Promise<string | undefined> {
  let table = "";
  for (const line of (await runTool(["nft", "list", "chains"])).split("\n")) {
    table = /^table (.+) \{/.exec(line)?.[1] ?? table;
    if (/hook forward .*policy drop/.test(line)) return table;
  }
  return undefined;
}

const read = (file: string): string => readFileSync(file, "utf8").trim();

/** The interface may be gone already. */
function write(file: string, value: string): void {
  try {
    writeFileSync(file, value);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
}
