import { SandboxError } from "../sandbox-error.ts";
import type { Mechanism, NetworkReach, NetworkSupport } from "../types.ts";
import { openWayOut, type WayOut } from "./way-out.ts";

/** A factory's network. */
export interface FactoryNetwork {
  readonly support: NetworkSupport;
  /** Undefined if sandboxes have loopback only, by choice or for want of a way out. */
  readonly wayOut: WayOut | undefined;
  /** The row of doctor's table; undefined if nothing was asked for. It is no part of a level: a sandbox without a network isolates all the more. */
  readonly mechanism: Mechanism | undefined;
}

/** Gives sandboxes what was asked for, or nothing, and says why. */
export async function openNetwork(reach: NetworkReach, problem: (line: string) => void): Promise<FactoryNetwork> {
  if (reach === "none") return { support: { reach }, wayOut: undefined, mechanism: undefined };
  try {
    const wayOut = await openWayOut(problem);
    return {
      support: { reach },
      wayOut,
      mechanism: { id: "network", name: `${row} (${wayOut.name})`, available: true, used: true, lost: "", remedy: "" },
    };
  } catch (error) {
    if (!(error instanceof SandboxError)) throw error;
    const lacking = error.message;
    const mechanism: Mechanism = {
      id: "network",
      name: row,
      available: false,
      used: false,
      lost: `functions reach no network but Mayfly's own services: ${lacking}`,
      remedy: remedy(),
    };
    return { support: { reach: "none", lacking: `${lacking}. To have it: ${remedy()}` }, wayOut: undefined, mechanism };
  }
}

const row = "way out to the network";

const remedy = (): string =>
  process.geteuid?.() === 0
    ? "install nftables and iproute2"
    : "install nftables and passt, or slirp4netns, with /dev/net/tun open to everybody; or run Mayfly as root with nftables and iproute2";
