import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Bench } from "./bench.ts";
import { makeBenchQueue, receiveAndDelete, sendMessages, type QueueTarget } from "./queue-load.ts";
import type { Measurements, RivalRow, Row } from "./report.ts";
import { anyKey } from "./rivals/contestant.ts";
import { queueRivals, type QueueRival } from "./rivals/queue-rivals.ts";

const clientCounts = [1, 32] as const;

/** What one server came to, by what was measured. */
type Figures = ReadonlyMap<string, { readonly perSecond: number; readonly p50Ms: number }>;

/** Messages sent, and received and deleted, by clients that do one thing after another. Mayfly has each on disk before it answers. */
export async function measureMessages(bench: Bench): Promise<Measurements> {
  const { credentials, url } = bench.server();
  bench.say("messages of queues");
  const mayfly = await measureTarget(bench, { url, signAs: { ...credentials, region: "us-east-1" } });
  const all = new Map([["Mayfly", mayfly]]);
  for (const rival of queueRivals) {
    try {
      all.set(rival.name, await measureRival(bench, rival));
    } catch (error) {
      bench.note(`${rival.name}: ${(error as Error).message.split("\n").join(" ").slice(0, 300)}`);
    }
  }
  const rows: Row[] = [...mayfly].flatMap(([measure, { perSecond, p50Ms }]) => [
    { measure, figure: "rate", unit: "messages/s", mayfly: perSecond },
    { measure, figure: "p50", unit: "ms", mayfly: p50Ms },
  ]);
  const rivals: RivalRow[] = [...mayfly.keys()].map((measure) => ({
    measure,
    figure: "rate",
    unit: "messages/s",
    figures: Object.fromEntries(
      [...all].flatMap(([name, figures]) => {
        const figure = figures.get(measure);
        return figure === undefined ? [] : [[name, figure.perSecond]];
      }),
    ),
  }));
  return { rows, rivals };
}

async function measureTarget({ limits }: Bench, target: QueueTarget): Promise<Figures> {
  const figures = new Map<string, { perSecond: number; p50Ms: number }>();
  for (const count of clientCounts) {
    const queue = await makeBenchQueue(target, `bench-${count}`);
    const clients = count === 1 ? "1 client" : `${count} clients`;
    await sendMessages(target, queue, count, limits.warmUpMs / 4);
    figures.set(`SendMessage of 1 KiB, ${clients}`, await sendMessages(target, queue, count, limits.runMs));
    figures.set(`ReceiveMessage and DeleteMessage, ${clients}`, await receiveAndDelete(target, queue, count, limits.runMs));
  }
  return figures;
}

async function measureRival(bench: Bench, rival: QueueRival): Promise<Figures> {
  await rival.prepare(bench);
  bench.say(`messages of queues: ${rival.name}`);
  const folder = mkdtempSync(join(bench.folder, "rival-"));
  const running = await rival.start(bench, folder);
  bench.onClose(running.stop);
  try {
    return await measureTarget(bench, { url: running.url, signAs: anyKey });
  } finally {
    await running.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
