import type { Bench } from "./bench.ts";
import { makeBenchQueue, receiveAndDelete, sendMessages } from "./queue-load.ts";
import type { Measurements, Row } from "./report.ts";
import { measureServiceRivals, ratesBesideRivals, type ServiceFigures } from "./rivals/service-rivals.ts";
import type { ServiceTarget } from "./service-client.ts";

const clientCounts = [1, 32] as const;

/** Messages sent, and received and deleted, by clients that do one thing after another. Mayfly has each on disk before it answers. */
export async function measureMessages(bench: Bench): Promise<Measurements> {
  bench.say("messages of queues");
  await bench.needServer();
  const { credentials, url } = bench.server();
  const mayfly = await measureTarget(bench, { url, signAs: { ...credentials, region: "us-east-1" } });
  const all = new Map([
    ["Mayfly", mayfly],
    ...(await measureServiceRivals(bench, "messages of queues", (rival) => measureTarget(bench, rival))),
  ]);
  const rows: Row[] = [...mayfly].flatMap(([measure, { perSecond, p50Ms }]) => [
    { measure, figure: "rate", unit: "messages/s", mayfly: perSecond },
    { measure, figure: "p50", unit: "ms", mayfly: p50Ms },
  ]);
  return { rows, rivals: ratesBesideRivals(all, "messages/s") };
}

async function measureTarget({ limits }: Bench, target: ServiceTarget): Promise<ServiceFigures> {
  const figures = new Map<string, { perSecond: number; p50Ms: number }>();
  for (const clients of clientCounts) {
    const queue = await makeBenchQueue(target, `bench-${clients}`);
    const by = clients === 1 ? "1 client" : `${clients} clients`;
    const load = { clients, forMs: limits.runMs };
    await sendMessages(target, queue, { clients, forMs: limits.warmUpMs / 4 });
    figures.set(`SendMessage of 1 KiB, ${by}`, await sendMessages(target, queue, load));
    figures.set(`ReceiveMessage and DeleteMessage, ${by}`, await receiveAndDelete(target, queue, load));
  }
  return figures;
}
