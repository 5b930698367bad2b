import { existsSync, readFileSync } from "node:fs";
import { networkInterfaces } from "node:os";

/** The machine's own addresses as rules name them: each IPv4 address; of IPv6 the whole networks, for the neighbours there have public addresses, too. */
export function ownAddresses(): { readonly ownIpv4: readonly string[]; readonly ownIpv6: readonly string[] } {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const unique = (values: readonly string[]): readonly string[] => [...new Set(values)].sort();
  return {
    ownIpv4: unique(all.filter(({ family }) => family === "IPv4").map(({ address }) => address)),
    ownIpv6: unique(all.filter(({ family }) => family === "IPv6").map(({ address, cidr }) => cidr ?? address)),
  };
}

/** Interfaces that a default route of the machine goes through. */
export function defaultInterfaces(): readonly string[] {
  const rows = lines("/proc/net/route").map((line) => line.split(/\s+/));
  return [
    ...new Set(
      rows.filter(([, destination, , , , , , mask]) => destination === "00000000" && mask === "00000000").map(([name = ""]) => name),
    ),
  ];
}

/** Whether the machine reaches the world by IPv6. */
export function hasIpv6Route(): boolean {
  return lines("/proc/net/ipv6_route").some((line) => {
    const [destination, length, , , , , , , , name] = line.trim().split(/\s+/);
    return destination === "0".repeat(32) && length === "00" && name !== "lo";
  });
}

/** Where systemd-resolved, which itself listens on loopback only, says whom it asks. */
const systemdUpstreams = "/run/systemd/resolve/resolv.conf";

export const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";

/** The machine's name server; one on loopback only if it does not say whom it asks itself. */
export function machineResolver(): string | undefined {
  const [first] = nameServers("/etc/resolv.conf");
  if (first === undefined || !isLoopback(first) || !existsSync(systemdUpstreams)) return first;
  return nameServers(systemdUpstreams).find((address) => !isLoopback(address)) ?? first;
}

/** Those that have a meaning on one link only can't be reached through a router. */
function nameServers(file: string): readonly string[] {
  return lines(file)
    .map((line) => /^\s*nameserver\s+(\S+)/.exec(line)?.[1] ?? "")
    .filter((address) => address !== "" && !/^fe[89ab]/i.test(address) && !address.includes("%"));
}

function lines(file: string): readonly string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}
