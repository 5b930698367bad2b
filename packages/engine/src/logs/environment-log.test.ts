import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { engineLimits } from "../limits.ts";
import { createEnvironmentLog } from "./environment-log.ts";

const textLog = { functionVersion: "$LATEST", logFormat: "Text", applicationLogLevel: "INFO", systemLogLevel: "INFO" } as const;

function logOf(): { readonly log: ReturnType<typeof createEnvironmentLog>; readonly messages: string[]; readonly stream: PassThrough } {
  const messages: string[] = [];
  const log = createEnvironmentLog(textLog, (lines) => messages.push(...lines.map(({ message }) => message)));
  const stream = new PassThrough();
  log.attach(stream);
  return { log, messages, stream };
}

test("a line in pieces is one event, a carriage return inside a line breaks", async () => {
  const { log, messages, stream } = logOf();
  stream.write("a");
  stream.write(Buffer.from("é\rb\r\n\nlast").subarray(0, 1));
  stream.write(Buffer.from("é\rb\r\n\nlast").subarray(1));
  await log.drain();
  expect(messages).toEqual(["aé\nb\n", "\n", "last\n"]);
});

test("an endless line comes in events of the largest size", async () => {
  const { log, messages, stream } = logOf();
  stream.write("x".repeat(engineLimits.logLineBytes * 2 + 5));
  stream.end();
  await log.ended();
  expect(messages.map(({ length }) => length - 1)).toEqual([engineLimits.logLineBytes, engineLimits.logLineBytes, 5]);
});

test("a flood is dropped beyond the bound", async () => {
  const { log, messages, stream } = logOf();
  const line = `${"x".repeat(99_999)}\n`;
  for (let written = 0; written < engineLimits.logBytesPerSecond * 2; written += line.length) stream.write(line);
  await log.drain();
  expect(messages.length * line.length).toBeLessThanOrEqual(engineLimits.logBytesPerSecond + line.length);
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
