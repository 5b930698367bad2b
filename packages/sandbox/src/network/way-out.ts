import { incarnation } from "../incarnation.ts";
import { SandboxError } from "../sandbox-error.ts";
import { createPlaces, gateway, uplinkAddresses, type Place } from "./addresses.ts";
import { networkLimits } from "./limits.ts";
import { machineResolver, ownAddresses } from "./machine.ts";
import { openRouter, type Router } from "./router.ts";
import { changedRules, linkLetter, routerRules, type Surroundings } from "./rules.ts";
import { findTool } from "./tools.ts";
import { forwardingFirewall } from "./uplinks/machine-table.ts";
import { pasta } from "./uplinks/pasta.ts";
import { slirp4netns } from "./uplinks/slirp4netns.ts";
import type { Connection, Uplink } from "./uplinks/uplink.ts";
import { veth } from "./uplinks/veth.ts";

/** What a sandbox's link is made of, for the launcher. */
export interface NetworkLink {
  /** Name of the router's end. */
  readonly peer: string;
  readonly mtu: number;
  /** The sandbox's address and its gateway's, of each family. */
  readonly addresses: readonly (readonly [inside: string, gateway: string])[];
  /** What the sandbox asks for names; undefined if the machine has no name server either. */
  readonly resolver: string | undefined;
  /** Descriptors that the launcher is given: of the router's network namespace and, for an ordinary user, of its user namespace. */
  readonly descriptors: readonly number[];
  /** The sandbox is gone. */
  giveBack(): void;
}

/** The sandboxes' way out to the world. One per server. */
export interface WayOut {
  /** As doctor names it. */
  readonly name: string;
  link(reach: "public" | "all"): NetworkLink;
  /** Those of every link. */
  readonly descriptors: readonly number[];
  close(): Promise<void>;
}

/** Best first. */
const uplinks: readonly Uplink[] = [veth, pasta, slirp4netns];

const tools = ["nft", "nsenter", "unshare"];

/** Makes the router and gives it the best uplink that works here. @throws SandboxError that says what each would need */
export async function openWayOut(problem: (line: string) => void): Promise<WayOut> {
  const missing = tools.filter((tool) => findTool(tool) === undefined);
  if (missing.length > 0) throw new SandboxError(`${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not installed`);
  const refusals: string[] = [];
  for (const uplink of await inOrder()) {
    const lack = uplink.lacks();
    if (lack !== undefined) {
      refusals.push(lack);
      continue;
    }
    try {
      return await openThrough(uplink, problem);
    } catch (error) {
      if (!(error instanceof SandboxError)) throw error;
      refusals.push(error.message);
    }
  }
  throw new SandboxError([...new Set(refusals)].join("; "));
}

/** A firewall that drops what is forwarded would drop the sandboxes' packets: then an uplink that forwards nothing comes first. */
async function inOrder(): Promise<readonly Uplink[]> {
  if (veth.lacks() !== undefined || (await forwardingFirewall()) === undefined) return uplinks;
  return [...uplinks.filter((uplink) => uplink !== veth), veth];
}

async function openThrough(uplink: Uplink, problem: (line: string) => void): Promise<WayOut> {
  const router = await openRouter(uplink.asUser);
  try {
    const connection = await uplink.connect(router, { server: incarnation(process.pid), addresses: uplinkAddresses(process.pid), problem });
    try {
      const known = await surroundings(connection);
      await router.run(["nft", "-f", "-"], routerRules(known, connection.openAddress));
      return wayOutOf({ name: uplink.name, router, connection, known, problem });
    } catch (error) {
      await connection.close();
      throw error;
    }
  } catch (error) {
    router.close();
    throw error;
  }
}

async function surroundings(connection: Connection): Promise<Surroundings> {
  const machines = machineResolver();
  await connection.refresh(machines);
  return { ...ownAddresses(), resolver: machines === undefined ? undefined : connection.resolver(machines) };
}

interface Parts {
  readonly name: string;
  readonly router: Router;
  readonly connection: Connection;
  readonly known: Surroundings;
  readonly problem: (line: string) => void;
}

function wayOutOf({ name, router, connection, known, problem }: Parts): WayOut {
  const places = createPlaces();
  let rules = changedRules(known);
  let { resolver } = known;
  const descriptors = router.users === undefined ? [router.network] : [router.network, router.users];
  let refreshing = Promise.resolve();

  const refresh = async (): Promise<void> => {
    const now = await surroundings(connection);
    const changed = changedRules(now);
    if (changed === rules) return;
    await router.run(["nft", "-f", "-"], changed);
    rules = changed;
    resolver = now.resolver;
  };
  const timer = setInterval(() => {
    refreshing = refreshing
      .then(refresh)
      .catch((error: Error) => problem(`The sandboxes' network could not be brought up to date: ${error.message}`));
  }, networkLimits.refreshMs);
  timer.unref();

  const linkOf = (place: Place, reach: "public" | "all"): NetworkLink => ({
    peer: `${linkLetter[reach]}${place.number}`,
    mtu: connection.mtu,
    addresses: [[place.ipv4, gateway.ipv4], ...(connection.ipv6 ? ([[place.ipv6, gateway.ipv6]] as const) : [])],
    resolver: resolver === undefined ? undefined : resolver.includes(":") ? gateway.ipv6 : gateway.ipv4,
    descriptors,
    giveBack: () => places.giveBack(place),
  });

  return {
    name,
    descriptors,
    link: (reach) => linkOf(places.take(), reach),
    async close() {
      clearInterval(timer);
      await refreshing;
      await connection.close();
      router.close();
    },
  };
}
