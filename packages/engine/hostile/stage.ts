import { existsSync, readdirSync } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { SandboxSupport } from "@mayfly/sandbox";
import { startTestEngine, type TestEngine } from "../src/testing/test-engine.ts";
import { startDecoys, type Decoys } from "./decoys.ts";
import { createFootprint, mountsBelow, openFileCount, untilNone } from "./leftovers.ts";
import { p99, startNeighbour, type Neighbour } from "./neighbour.ts";

/** An engine with a neighbour in it and things around it that must stay out of reach. */
export interface Stage {
  readonly engine: TestEngine;
  readonly support: SandboxSupport;
  readonly neighbour: Neighbour;
  readonly decoys: Decoys;
  /** Files that hostile functions are given besides their own. */
  readonly toolbox: Readonly<Record<string, string>>;
  /** The neighbour's calls when nobody attacks. */
  readonly quietP99Ms: number;
  /** Ends everything. @throws Error if something is left of the whole suite */
  close(): Promise<void>;
}

const toolboxFolder = join(import.meta.dirname, "toolbox");
const quietMs = 1_000;

async function readToolbox(): Promise<Readonly<Record<string, string>>> {
  const names = (await readdir(toolboxFolder)).filter((name) => /\.(py|cjs)$/.test(name));
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await readFile(join(toolboxFolder, name), "utf8")])));
}

/** How many folders of environments there are beyond those of environments that live, of processes that wait for a function, and of those that these are copies of. */
export function strayFolderCount({ engine, folder }: TestEngine): number {
  const environments = join(folder, "environments");
  const there = existsSync(environments)
    ? readdirSync(environments).filter((name) => name !== "empty" && !name.startsWith("zygote-")).length
    : 0;
  const spares = engine.spares().reduce((sum, { waiting, booting }) => sum + waiting + booting, 0);
  return there - engine.environments().length - spares;
}

/** Sets it up. */
export async function openStage(): Promise<Stage> {
  const filesBefore = openFileCount();
  const toolbox = await readToolbox();
  // As the server has it: a way out, where the machine gives one, is a way to attack.
  const engine = await startTestEngine({ network: "public" });
  const decoys = await startDecoys(engine.folder);
  const neighbour = await startNeighbour(engine, toolbox);
  const quietP99Ms = p99(await neighbour.callDuring(new Promise((resolve) => setTimeout(resolve, quietMs))));
  return {
    engine,
    support: engine.support,
    neighbour,
    decoys,
    toolbox,
    quietP99Ms,
    async close() {
      const everything = createFootprint();
      everything.note(process.pid);
      await decoys.close();
      await engine.close();
      await everything.gone();
      await untilNone(() => [
        ...mountsBelow(engine.folder).map((path) => `mount ${path}`),
        ...(openFileCount() > filesBefore ? [`${openFileCount() - filesBefore} open files of the server's`] : []),
      ]);
    },
  };
}
