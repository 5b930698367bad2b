import { setTimeout } from "node:timers/promises";
import { openCgroups } from "./cgroups/open.ts";
import { createForkServer } from "./fork-server.ts";
import { createSlots, insideUid } from "./slots.ts";
import { startSandbox } from "./start-sandbox.ts";
import { supportOf } from "./support.ts";
import { findBubblewrap, findWay } from "./ways.ts";
import { openNetwork } from "./network/network-support.ts";
import { sweepMachineTables } from "./network/uplinks/machine-table.ts";
import type { NetworkLink } from "./network/way-out.ts";
import { SandboxError } from "./sandbox-error.ts";
import type { NetworkReach, Sandbox, SandboxFactory, SandboxWay } from "./types.ts";

export { SandboxError };

/** How a factory is set up. */
export interface SandboxFactoryOptions {
  /** First part of the names of this server's control groups. */
  readonly cgroupName: string;
  /** How sandboxes are made. Unless told: by the launcher, or by bubblewrap where the launcher can't. */
  readonly way?: SandboxWay | undefined;
  /** What sandboxes reach unless their spec says otherwise, where this machine has a way out; `none` unless told. */
  readonly network?: NetworkReach;
  /** Told in a line what goes wrong with the network while the server runs. */
  readonly problem?: (line: string) => void;
}

/** Makes the factory; no sandbox is started yet. */
export async function createSandboxFactory({
  cgroupName,
  way,
  network: reach = "none",
  problem = () => {},
}: SandboxFactoryOptions): Promise<SandboxFactory> {
  const cgroups = openCgroups(cgroupName);
  const found = await findWay(way);
  // Before this server changes the machine's network: what one that was killed changed is put back as it was.
  await sweepMachineTables();
  const network = await openNetwork(found.way === undefined ? "none" : reach, problem);
  const support = supportOf(found, cgroups, network);
  const bubblewrap = found.way === "bubblewrap" ? findBubblewrap() : undefined;
  const isRoot = process.geteuid?.() === 0;
  const forkServer = createForkServer(network.wayOut?.descriptors ?? []);
  if (found.way !== undefined) forkServer.prepare();
  const slots = createSlots();
  const running = new Set<Sandbox>();
  const starting = new Set<Promise<unknown>>();

  const linkFor = (wanted: NetworkReach = support.network.reach): NetworkLink | undefined => {
    if (wanted === "none") return undefined;
    if (network.wayOut !== undefined) return network.wayOut.link(wanted);
    throw new SandboxError(`The sandbox can have no network: ${support.network.lacking ?? "this server gives none"}`);
  };

  return {
    support,
    canAttach: found.canAttach,
    canCopy: isRoot && found.way === "launcher",
    boundMemory: (bytes) => cgroups?.limitTotal(bytes) ?? false,
    async start(spec) {
      const link = linkFor(spec.network);
      const slot = slots.take();
      const giveBack = (): void => {
        slots.giveBack(slot);
        link?.giveBack();
      };
      try {
        const start = startSandbox(spec, { uid: isRoot ? slot.hostUid : insideUid, cgroups, link, bubblewrap, forkServer });
        const settled = start.catch(() => {}).finally(() => starting.delete(settled));
        starting.add(settled);
        const sandbox = await start;
        running.add(sandbox);
        void sandbox.exited.then(() => {
          running.delete(sandbox);
          giveBack();
        });
        return sandbox;
      } catch (error) {
        giveBack();
        throw error;
      }
    },
    async sweep() {
      // What was killed holds its group until the kernel is done with it, milliseconds later.
      const endsAt = performance.now() + 1_000;
      while (cgroups?.sweep() === false && performance.now() < endsAt) await setTimeout(5);
    },
    async close() {
      await Promise.all(starting);
      await Promise.all([...running].map((sandbox) => sandbox.kill()));
      await forkServer.close();
      await network.wayOut?.close();
      cgroups?.close();
    },
  };
}
