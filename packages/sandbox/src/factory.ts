import { setTimeout } from "node:timers/promises";
import { openCgroups } from "./cgroups/open.ts";
import { createSlots, insideUid } from "./slots.ts";
import { startSandbox } from "./start-sandbox.ts";
import { canAttachMounts, supportOf } from "./support.ts";
import type { Sandbox, SandboxFactory } from "./types.ts";

export { SandboxError } from "./sandbox-error.ts";

/** How a factory is set up. */
export interface SandboxFactoryOptions {
  /** First part of the names of this server's control groups. */
  readonly cgroupName: string;
}

/** Makes the factory; nothing is started yet. */
export async function createSandboxFactory({ cgroupName }: SandboxFactoryOptions): Promise<SandboxFactory> {
  const cgroups = openCgroups(cgroupName);
  const support = await supportOf(cgroups);
  const canAttach = support.level !== "none" && (await canAttachMounts());
  const isRoot = process.geteuid?.() === 0;
  const slots = createSlots();
  const running = new Set<Sandbox>();
  const starting = new Set<Promise<unknown>>();
  return {
    support,
    canAttach,
    async start(spec) {
      const slot = slots.take();
      try {
        const start = startSandbox(spec, isRoot ? slot.hostUid : insideUid, cgroups);
        const settled = start.catch(() => {}).finally(() => starting.delete(settled));
        starting.add(settled);
        const sandbox = await start;
        running.add(sandbox);
        void sandbox.exited.then(() => {
          running.delete(sandbox);
          slots.giveBack(slot);
        });
        return sandbox;
      } catch (error) {
        slots.giveBack(slot);
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
      cgroups?.close();
    },
  };
}
