import { SandboxError } from "../sandbox-error.ts";

/** The sandboxes' own addresses: a corner of the range that carriers use between themselves (RFC 6598), which no home or company network uses. */
const ipv4Base = (100 << 24) | (127 << 16) | (192 << 8);
const ipv6Prefix = "fd4d:6179:666c:79::";

/** The corner beside it, for what lies between routers and the world. */
const uplinkBase = (100 << 24) | (127 << 16) | (128 << 8);

const dotted = (value: number): string => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255).join(".");

/** Sandboxes are numbered from here; below it lies the gateway. */
const firstNumber = 16;
const numbers = 16_384 - firstNumber - 1;

/** What the router's end of each link answers to: the sandboxes' gateway and name server. */
export const gateway = { ipv4: "100.127.192.1", ipv6: `${ipv6Prefix}1` } as const;

/** Addresses between a server's router and the world. */
export interface UplinkAddresses {
  /** The world's side: what the router sends everything to. */
  readonly world: string;
  /** The router's own. */
  readonly router: string;
  /** Whose packets may reach what `public` closes, where there are rules at the far end, too. */
  readonly open: string;
  /** Stands for the machine's name server where that one can't be named. */
  readonly resolver: string;
  readonly prefixLength: number;
  readonly worldIpv6: string;
  readonly routerIpv6: string;
}

/** Servers of one machine have different ones, of 2,048. */
export function uplinkAddresses(server: number): UplinkAddresses {
  const index = server % 2_048;
  const address = (host: number): string => dotted(uplinkBase + index * 8 + host);
  const prefix = `fd4d:6179:666c:${(0x100 + index).toString(16)}::`;
  return {
    world: address(1),
    router: address(2),
    open: address(3),
    resolver: address(4),
    prefixLength: 29,
    worldIpv6: `${prefix}1`,
    routerIpv6: `${prefix}2`,
  };
}

/** One sandbox's place on the network. */
export interface Place {
  readonly number: number;
  readonly ipv4: string;
  readonly ipv6: string;
}

/**
 * Gives each running sandbox a place. Those given back last come last again: the kernel takes a while to clear a sandbox's interfaces away, and until then
 * its addresses are taken.
 */
export function createPlaces(): { take(): Place; giveBack(place: Place): void } {
  const used = new Set<number>();
  let next = 0;
  return {
    take() {
      if (used.size === numbers) throw new SandboxError(`No more than ${numbers} sandboxes can have a network at once.`);
      while (used.has(next)) next = (next + 1) % numbers;
      const number = next;
      used.add(number);
      next = (next + 1) % numbers;
      return {
        number,
        ipv4: dotted(ipv4Base + firstNumber + number),
        ipv6: `${ipv6Prefix}${(firstNumber + number).toString(16)}`,
      };
    },
    giveBack: ({ number }) => void used.delete(number),
  };
}
