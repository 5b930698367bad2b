import type { Bench } from "../bench.ts";
import { installFromPyPi, rivalFolder } from "./install.ts";
import { freePort, spawnRival, type RivalProcess } from "./spawn-rival.ts";
import { ministack, startMinistack } from "./ministack.ts";

/** A server without Docker that serves SQS, too. Neither keeps a message on disk, nor checks a signature or a policy. */
export interface QueueRival {
  readonly name: string;
  /** @throws Error saying why it is not to be had */
  prepare(bench: Bench): Promise<void>;
  start(bench: Bench, folder: string): Promise<RivalProcess & { readonly url: string }>;
}

const motoVersion = "5.2.1";
const motoName = `moto-${motoVersion}`;

/** moto's server. https://github.com/getmoto/moto */
const moto: QueueRival = {
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

/** Those that SQS is measured beside. */
export const queueRivals: readonly QueueRival[] = [
  { name: ministack.name, prepare: (bench) => ministack.prepare(bench), start: startMinistack },
  moto,
];
