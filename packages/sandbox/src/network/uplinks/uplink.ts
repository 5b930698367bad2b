import type { UplinkAddresses } from "../addresses.ts";
import type { Router } from "../router.ts";

/** A way from the router to the world. */
export interface Uplink {
  /** As doctor names it. */
  readonly name: string;
  /** Whether it runs as an ordinary user, whom the router must belong to. */
  readonly asUser: boolean;
  /** What this machine lacks for it; undefined if nothing. */
  lacks(): string | undefined;
  /** Gives the router its interface to the world, addressed and up. @throws SandboxError */
  connect(router: Router, resources: UplinkResources): Promise<Connection>;
}

/** What an uplink is made with. */
interface UplinkResources {
  /** Names what it makes outside the router. */
  readonly server: string;
  readonly addresses: UplinkAddresses;
  /** Told if it stops working, and when it works again. */
  readonly problem: (line: string) => void;
}

/** An uplink that is up. */
export interface Connection {
  /** Largest packet that goes through, bytes. */
  readonly mtu: number;
  readonly ipv6: boolean;
  /** Whose packets it lets through to what `public` closes, if it has rules of its own. */
  readonly openAddress?: string;
  /** How the router reaches the machine's name server. */
  resolver(machines: string): string | undefined;
  /** Looks at the machine's network again. @param machines its name server */
  refresh(machines: string | undefined): Promise<void>;
  close(): Promise<void>;
}
