import { isLoopback } from "../machine.ts";
import { uplinkName } from "../rules.ts";
import { findTool } from "../tools.ts";
import { lacksTunnel, runUplink } from "./process-uplink.ts";
import type { Uplink } from "./uplink.ts";

const mtu = 65_520;
const network = "10.0.2.0/24";
const ownResolver = "10.0.2.3";

/** slirp4netns: as pasta, and on older systems, too. It slows down with the number of connections, so pasta comes first. */
export const slirp4netns: Uplink = {
  name: "slirp4netns",
  asUser: true,
  lacks: () => (findTool("slirp4netns") === undefined ? "slirp4netns is not installed" : lacksTunnel()),
  async connect(router, { problem }) {
    const command = [
      ["slirp4netns", "--configure", `--mtu=${mtu}`, `--cidr=${network}`],
      ["--disable-host-loopback", "--enable-sandbox", "--enable-seccomp"],
      [`--userns-path=/proc/${router.pid}/ns/user`, String(router.pid), uplinkName],
    ].flat();
    const stop = await runUplink(router, command, problem);
    return {
      mtu,
      // It has an experimental one, which gives its address by advertisements only.
      ipv6: false,
      resolver: (machines) => (isLoopback(machines) ? ownResolver : machines),
      refresh: async () => {},
      close: stop,
    };
  },
};
