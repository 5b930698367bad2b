import { openCgroups } from "./cgroups/open.ts";
import type { Cgroups } from "./cgroups/types.ts";
import { lackingOf, levelOf, mechanismsOf } from "./mechanisms.ts";
import { openNetwork, type FactoryNetwork } from "./network/network-support.ts";
import type { SandboxSupport, SandboxWay } from "./types.ts";
import { findBothWays, type FoundWay } from "./ways.ts";

/** What this machine gives, for `mayfly doctor`: both ways to a sandbox are tried, and the network. */
export async function detectSupport(wanted?: SandboxWay): Promise<SandboxSupport> {
  const cgroups = openCgroups("mayfly");
  cgroups?.close();
  const found = await findBothWays(wanted);
  const network = await openNetwork(found.way === undefined ? "none" : "public", () => {});
  await network.wayOut?.close();
  return supportOf(found, cgroups, network);
}

/** All that is known of a machine, put together. */
export function supportOf(
  found: FoundWay,
  cgroups: Pick<Cgroups, "version" | "boundsCpu"> | undefined,
  network: FactoryNetwork,
): SandboxSupport {
  const mechanisms = mechanismsOf({ ...found, cgroups, isRoot: process.geteuid?.() === 0 });
  return {
    way: found.way,
    level: levelOf(mechanisms),
    lacking: lackingOf(mechanisms),
    mechanisms: network.mechanism === undefined ? mechanisms : [...mechanisms, network.mechanism],
    network: network.support,
  };
}
