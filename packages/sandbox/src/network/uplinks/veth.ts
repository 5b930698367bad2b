import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { defaultInterfaces, hasIpv6Route, isLoopback } from "../machine.ts";
import { uplinkName } from "../rules.ts";
import { findTool, runTool } from "../tools.ts";
import { openMachineTable } from "./machine-table.ts";
import type { Uplink } from "./uplink.ts";

/** Where no interface says otherwise. */
const usualMtu = 1_500;

/**
 * A pair of virtual interfaces between the router and the machine, which forwards: all in the kernel, with nothing running. It changes the machine's own
 * network (machine-table.ts), so only root can have it.
 */
export const veth: Uplink = {
  name: "veth and nftables",
  asUser: false,
  lacks() {
    if (process.geteuid?.() !== 0) return "only root can forward packets";
    return findTool("ip") === undefined ? "ip is not installed" : undefined;
  },
  async connect(router, { server, addresses }) {
    const { world, router: own, open, prefixLength, worldIpv6, routerIpv6 } = addresses;
    const name = `mf${createHash("sha256").update(server).digest("hex").slice(0, 10)}`;
    const mtu = Math.min(...defaultInterfaces().map(mtuOf), usualMtu);
    const ipv6 = hasIpv6Route() && forwardsIpv6();
    const outside = [
      `link add ${name} mtu ${mtu} type veth peer name ${uplinkName} mtu ${mtu} netns ${router.pid}`,
      `addr add ${world}/${prefixLength} dev ${name}`,
      ...(ipv6 ? [`addr add ${worldIpv6}/64 dev ${name} nodad`] : []),
      `link set ${name} up`,
    ];
    const inside = [
      `addr add ${own}/${prefixLength} dev ${uplinkName}`,
      `addr add ${open}/${prefixLength} dev ${uplinkName}`,
      ...(ipv6 ? [`addr add ${routerIpv6}/64 dev ${uplinkName} nodad`] : []),
      `link set ${uplinkName} up`,
      `route add default via ${world}`,
      ...(ipv6 ? [`route add default via ${worldIpv6}`] : []),
    ];
    // Its end in the router goes with it.
    const removeLink = (): Promise<unknown> => runTool(["ip", "link", "del", name]).catch(() => {});
    try {
      await runTool(["ip", "-batch", "-"], outside.join("\n"));
      await router.run(["ip", "-batch", "-"], inside.join("\n"));
      const table = await openMachineTable(server, name, addresses);
      return {
        mtu,
        ipv6,
        openAddress: open,
        // What only the machine itself reaches it asks by the machine's end of the link.
        resolver: (machines) => (isLoopback(machines) ? (machines.includes(":") ? undefined : world) : machines),
        refresh: (machines) => table.refresh(machines !== undefined && isLoopback(machines) ? machines : undefined),
        async close() {
          await table.remove();
          await removeLink();
        },
      };
    } catch (error) {
      await removeLink();
      throw error;
    }
  },
};

const mtuOf = (interfaceName: string): number => Number(readFileSync(`/sys/class/net/${interfaceName}/mtu`, "utf8"));

/** Where the machine forwards no IPv6 it stays so: switching it on would make the machine deaf to its own routers' advertisements. */
const forwardsIpv6 = (): boolean => readFileSync("/proc/sys/net/ipv6/conf/all/forwarding", "utf8").trim() === "1";
