import { gateway } from "./addresses.ts";
import { closedIpv4, closedIpv6 } from "./closed-ranges.ts";
import { networkLimits } from "./limits.ts";

/** Name of the router's interface to the world. */
export const uplinkName = "uplink";

/** First letter of the name of the router's end of a sandbox's link: what the sandbox may reach goes by it. */
export const linkLetter = { public: "p", all: "a" } as const;

/** What the rules depend on and what changes while the server runs. */
export interface Surroundings {
  /** The machine's own addresses, and the IPv6 networks that it is attached to: `public` keeps functions from them. */
  readonly ownIpv4: readonly string[];
  readonly ownIpv6: readonly string[];
  /** Where the sandboxes' questions for names go, as the router reaches it; undefined if there is none. */
  readonly resolver: string | undefined;
}

const table = "inet mayfly";
const refuse = "reject with icmpx admin-prohibited";

const addressSet = (name: string, type: string, elements: readonly string[]): string =>
  `set ${name} { type ${type}; flags interval; auto-merge; ${elements.length > 0 ? `elements = { ${elements.join(", ")} };` : ""} }`;

/**
 * The router's rules, for nft. Whatever comes from a sandbox must bear that sandbox's address, goes to the world or nowhere, and is counted; nothing reaches
 * the router itself, and nothing comes in that was not asked for.
 *
 * @param openAddress whose address packets of sandboxes that may reach all are given; the uplink's own unless told
 */
export function routerRules(surroundings: Surroundings, openAddress?: string): string {
  const { flowsPerSandbox, newFlowsPerSecond, newFlowsBurst, flowsOfAll, remembered } = networkLimits;
  return `
table ${table} {
  ${addressSet("closed4", "ipv4_addr", closedIpv4)}
  ${addressSet("closed6", "ipv6_addr", closedIpv6)}
  ${addressSet("own4", "ipv4_addr", [])}
  ${addressSet("own6", "ipv6_addr", [])}
  set flows { type iface_index; size ${remembered}; flags dynamic; }
  set pace { type iface_index; size ${remembered}; flags dynamic, timeout; timeout 1m; }
  chain arrive {
    type filter hook prerouting priority mangle; policy accept;
    iifname != "${uplinkName}" fib saddr . iif oif 0 drop
  }
  chain resolve {
    type nat hook prerouting priority dstnat; policy accept;
  }
  chain input {
    type filter hook input priority filter; policy drop;
    icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
    iifname != "${uplinkName}" ${refuse}
  }
  chain public {
    ip daddr @closed4 ${refuse}
    ip daddr @own4 ${refuse}
    ip6 daddr @closed6 ${refuse}
    ip6 daddr @own6 ${refuse}
    tcp dport 25 ${refuse}
    accept
  }
  chain forward {
    type filter hook forward priority filter; policy drop;
    ct state established, related accept
    iifname "${uplinkName}" drop
    oifname != "${uplinkName}" ${refuse}
    meta l4proto != { tcp, udp } ${refuse}
    update @pace { iif limit rate over ${newFlowsPerSecond}/second burst ${newFlowsBurst} packets } ${refuse}
    add @flows { iif ct count over ${flowsPerSandbox} } ${refuse}
    ct count over ${flowsOfAll} ${refuse}
    ct status dnat accept
    iifname "${linkLetter.public}*" goto public
    iifname "${linkLetter.all}*" accept
  }
  chain leave {
    type nat hook postrouting priority srcnat; policy accept;
    ${openAddress === undefined ? "" : `iifname "${linkLetter.all}*" oifname "${uplinkName}" snat ip to ${openAddress}`}
    oifname "${uplinkName}" masquerade
  }
}
${changedRules(surroundings)}`;
}

/** Brings the router's rules up to date, without a moment in which something is open or forgotten. */
export function changedRules({ ownIpv4, ownIpv6, resolver }: Surroundings): string {
  const family = resolver?.includes(":") ? "ip6" : "ip";
  const asked = family === "ip6" ? gateway.ipv6 : gateway.ipv4;
  const lines = [
    `flush set ${table} own4`,
    `flush set ${table} own6`,
    ...(ownIpv4.length > 0 ? [`add element ${table} own4 { ${ownIpv4.join(", ")} }`] : []),
    ...(ownIpv6.length > 0 ? [`add element ${table} own6 { ${ownIpv6.join(", ")} }`] : []),
    `flush chain ${table} resolve`,
    ...(resolver === undefined
      ? []
      : [
          `add rule ${table} resolve iifname != "${uplinkName}" ${family} daddr ${asked} meta l4proto { tcp, udp } th dport 53 dnat ${family} to ${resolver}`,
        ]),
  ];
  return `${lines.join("\n")}\n`;
}
