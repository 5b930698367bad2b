import { hasIpv6Route, isLoopback, machineResolver } from "../machine.ts";
import { uplinkName } from "../rules.ts";
import { findTool } from "../tools.ts";
import { lacksTunnel, runUplink } from "./process-uplink.ts";
import type { Uplink } from "./uplink.ts";

const mtu = 65_520;

/** pasta (package passt): one process that turns the router's packets into sockets of its own. It needs no privilege, and nothing of the machine's is changed. */
export const pasta: Uplink = {
  name: "pasta",
  asUser: true,
  lacks: () => (findTool("pasta") === undefined ? "pasta is not installed" : lacksTunnel()),
  async connect(router, { addresses, problem }) {
    const ipv6 = hasIpv6Route();
    const { world, router: own, prefixLength, resolver, worldIpv6, routerIpv6 } = addresses;
    // Its answers to names then bear that address always, so it stands for a name server on the machine's loopback only, which nothing else can.
    const machines = machineResolver();
    const forwards = machines !== undefined && isLoopback(machines);
    const command = [
      ["pasta", "--foreground", "--quiet", "--config-net", "--ns-ifname", uplinkName, "--mtu", String(mtu)],
      ["--address", own, "--netmask", String(prefixLength), "--gateway", world],
      ipv6 ? ["--address", routerIpv6, "--gateway", worldIpv6] : ["--ipv4-only"],
      forwards ? ["--dns-forward", resolver] : [],
      // The gateway is not another name for the machine itself; no port of either side is offered to the other.
      ["--no-map-gw", "--tcp-ports", "none", "--udp-ports", "none", "--tcp-ns", "none", "--udp-ns", "none"],
      ["--no-dhcp", "--no-dhcpv6", "--no-ra"],
      ["--userns", `/proc/${router.pid}/ns/user`, "--netns", `/proc/${router.pid}/ns/net`],
    ].flat();
    const stop = await runUplink(router, command, problem);
    return {
      mtu,
      ipv6,
      resolver: (now) => (forwards ? resolver : isLoopback(now) ? undefined : now),
      refresh: async () => {},
      close: stop,
    };
  },
};
