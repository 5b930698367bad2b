import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "../bench.ts";
import type { ClientFigures } from "../repeat-by-clients.ts";
import type { RivalRow } from "../report.ts";
import type { ServiceTarget } from "../service-client.ts";
import { anyKey } from "./contestant.ts";
import { installFromPyPi, rivalFolder } from "./install.ts";
import { freePort, spawnRival, type RivalProcess } from "./spawn-rival.ts";
import { ministack, startMinistack } from "./ministack.ts";

/** A server without Docker that serves SQS and S3, too. Neither keeps what it is given on disk, nor checks a signature or a policy. */
interface ServiceRival {
  readonly name: string;
  /** @throws Error saying why it is not to be had */
  prepare(bench: Bench): Promise<void>;
  start(bench: Bench, folder: string): Promise<RivalProcess & { readonly url: string }>;
}

const motoVersion = "5.2.1";
const motoName = `moto-${motoVersion}`;

/** moto's server. https://github.com/getmoto/moto */
const moto: ServiceRival = {
  name: `moto ${motoVersion}`,
  async prepare(bench) {
    if (bench.python === undefined) throw new Error("needs Python");
    await installFromPyPi(bench, motoName, bench.python.interpreter, `moto[server]==${motoVersion}`);
  },
  async start(bench, folder) {
    const port = await freePort();
    const command = [bench.python?.interpreter ?? "python3", "-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)] as const;
    const rival = await spawnRival({ command, folder, port, environment: { PYTHONPATH: rivalFolder(motoName) } });
    return { ...rival, url: `http://127.0.0.1:${port}` };
  },
};

const serviceRivals: readonly ServiceRival[] = [
  { name: ministack.name, prepare: (bench) => ministack.prepare(bench), start: startMinistack },
  moto,
];

/** What one server came to, by what was measured. */
export type ServiceFigures = ReadonlyMap<string, ClientFigures>;

/** Does the same to each of them that is to be had; the others are noted. */
export async function measureServiceRivals(
  bench: Bench,
  what: string,
  measure: (target: ServiceTarget) => Promise<ServiceFigures>,
): Promise<ReadonlyMap<string, ServiceFigures>> {
  const all = new Map<string, ServiceFigures>();
  for (const rival of serviceRivals) {
    try {
      all.set(rival.name, await measureRival(bench, rival, what, measure));
    } catch (error) {
      bench.note(`${rival.name}: ${(error as Error).message.split("\n").join(" ").slice(0, 300)}`);
    }
  }
  return all;
}

async function measureRival(
  bench: Bench,
  rival: ServiceRival,
  what: string,
  measure: (target: ServiceTarget) => Promise<ServiceFigures>,
): Promise<ServiceFigures> {
  await rival.prepare(bench);
  bench.say(`${what}: ${rival.name}`);
  const folder = mkdtempSync(join(bench.folder, "rival-"));
  const running = await rival.start(bench, folder);
  bench.onClose(running.stop);
  try {
    return await measure({ url: running.url, signAs: anyKey });
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rates of all, in the order of Mayfly's own. @param all by name, Mayfly's first */
export const ratesBesideRivals = (all: ReadonlyMap<string, ServiceFigures>, unit: RivalRow["unit"]): readonly RivalRow[] =>
  [...(all.get("Mayfly")?.keys() ?? [])].map((measure) => ({
    measure,
    figure: "rate",
    unit,
    figures: Object.fromEntries(
      [...all].flatMap(([name, figures]) => {
        const figure = figures.get(measure);
        return figure === undefined ? [] : [[name, figure.perSecond]];
      }),
    ),
  }));
