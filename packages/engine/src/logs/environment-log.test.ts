import { PassThrough, Readable } from "node:stream";
import { setImmediate as turn } from "node:timers/promises";
import { expect, test } from "vitest";
import { engineLimits } from "../limits.ts";
import { createEnvironmentLog } from "./environment-log.ts";
import { createReadingBudget } from "./reading-budget.ts";

const textLog = { functionVersion: "$LATEST", logFormat: "Text", applicationLogLevel: "INFO", systemLogLevel: "INFO" } as const;

function logOf(): { readonly log: ReturnType<typeof createEnvironmentLog>; readonly messages: string[]; readonly stream: PassThrough } {
  const messages: string[] = [];
  const log = createEnvironmentLog(textLog, createReadingBudget(), (lines) => void messages.push(...lines.map(({ message }) => message)));
  const stream = new PassThrough();
  log.attach(stream);
  return { log, messages, stream };
}

test("a line in pieces is one event, an unfinished one too; carriage returns stay", async () => {
  const { log, messages, stream } = logOf();
  const text = Buffer.from("é\rb\n\nlast");
  stream.write("a");
  stream.write(text.subarray(0, 1));
  stream.write(text.subarray(1));
  await log.drain();
  expect(messages).toEqual(["aé\rb\n", "\n", "last\n"]);
});

test("an endless line comes in events of the largest size", async () => {
  const { log, messages, stream } = logOf();
  stream.write("x".repeat(engineLimits.logLineBytes * 2 + 5));
  stream.end();
  await log.ended();
  expect(messages.map(({ length }) => length - 1)).toEqual([engineLimits.logLineBytes, engineLimits.logLineBytes, 5]);
});

test("while too much is on its way nothing more is read; nothing is lost", async () => {
  const arrivals: (() => void)[] = [];
  let delivered = 0;
  let underWay = 0;
  const log = createEnvironmentLog(textLog, createReadingBudget(), (lines) => {
    const bytes = lines.reduce((sum, { message }) => sum + message.length, 0);
    delivered += bytes;
    underWay += bytes;
    return new Promise((resolve) => void arrivals.push(() => ((underWay -= bytes), resolve())));
  });
  const line = `${"x".repeat(999)}\n`;
  const chunkBytes = 64 * line.length;
  const stream = Readable.from(Array.from({ length: 100 }, () => Buffer.from(line.repeat(64))));
  log.attach(stream);
  let heldCount = 0;
  while (!stream.readableEnded) {
    await turn();
    if (!stream.isPaused() || stream.readableEnded) continue;
    if (underWay > 0) heldCount++;
    expect(underWay).toBeLessThan(engineLimits.logCostUnderWay + chunkBytes);
    for (const arrived of arrivals.splice(0)) arrived();
  }
  await log.ended();
  expect(delivered).toBe(100 * chunkBytes);
  expect(heldCount).toBeGreaterThan(5);
});

test("the tail is the last 4 KB since its start", async () => {
  const { log } = logOf();
  log.write("before");
  log.startTail();
  log.write("ü".repeat(5_000));
  log.write("end");
  expect(log.tail()).toHaveLength(engineLimits.logTailBytes);
  expect(log.tail().toString().endsWith("ü\nend\n")).toBe(true);
  log.startTail();
  expect(log.tail()).toHaveLength(0);
});
