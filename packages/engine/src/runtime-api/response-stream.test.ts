import { expect, test } from "vitest";
import { ResponseStream } from "./response-stream.ts";

const limits = { totalBytes: 1_000_000, burstBytes: 1_000, bytesPerSecond: 1_000_000, waitingBytes: 100 };
const quick = { ...limits, burstBytes: 1_000_000 };
const bytes = (count: number): Buffer => Buffer.alloc(count, "x");
const never = (): void => {
  throw new Error("nobody asked for more");
};
const unheard = (): void => {};

test("bytes come in order, from before and after the reader began", async () => {
  const stream = new ResponseStream(quick);
  stream.begin("text/plain");
  expect(await stream.begun).toBe("text/plain");
  expect(stream.write(Buffer.from("a"), never)).toBe(true);
  const parts: string[] = [];
  for await (const part of stream) {
    parts.push(part.toString());
    if (parts.length === 1) setImmediate(() => stream.write(Buffer.from("b"), never));
    if (parts.length === 2) setImmediate(() => stream.end());
  }
  expect(parts).toEqual(["a", "b"]);
});

test("the writer waits while enough lies here, and goes on when it was read", async () => {
  const stream = new ResponseStream(quick);
  let calls = 0;
  expect(stream.write(bytes(99), never)).toBe(true);
  expect(stream.write(bytes(1), () => calls++)).toBe(false);
  const reader = stream[Symbol.asyncIterator]();
  expect(calls).toBe(0);
  expect((await reader.next()).value).toHaveLength(99);
  expect(calls).toBe(1);
  expect(stream.write(bytes(98), never)).toBe(true);
});

test("what is over the burst waits for its time", async () => {
  const stream = new ResponseStream(limits);
  const reader = stream[Symbol.asyncIterator]();
  const first = reader.next();
  const startedAt = performance.now();
  const goesOn = new Promise<void>((resolve) => expect(stream.write(bytes(51_000), resolve)).toBe(false));
  await first;
  await goesOn;
  // 50,000 bytes over at 1,000,000 a second.
  expect(performance.now() - startedAt).toBeGreaterThan(49);
  expect(stream.write(bytes(1), unheard)).toBe(true);
});

test("more than may be is told and not taken", async () => {
  const stream = new ResponseStream({ ...quick, totalBytes: 150, waitingBytes: 1_000 });
  expect(stream.limitBytes).toBe(150);
  expect(stream.write(bytes(150), never)).toBe(true);
  expect(stream.write(bytes(1), never)).toBe("too-large");
  stream.end();
  const parts: number[] = [];
  for await (const part of stream) parts.push(part.length);
  expect(parts).toEqual([150]);
});

test("a reader that leaves sets the writer free, and nothing is kept", async () => {
  const stream = new ResponseStream(quick);
  let calls = 0;
  expect(stream.write(bytes(500), () => calls++)).toBe(false);
  for await (const _ of stream) break;
  expect(calls).toBe(1);
  for (let count = 0; count < 100; count++) expect(stream.write(bytes(500), never)).toBe(true);
});

test("so does one that leaves before it began, or while it waits", async () => {
  const stream = new ResponseStream(quick);
  let calls = 0;
  stream.write(bytes(500), () => calls++);
  await stream[Symbol.asyncIterator]().return?.();
  expect(calls).toBe(1);
  const idle = new ResponseStream(quick);
  const reader = idle[Symbol.asyncIterator]();
  const next = reader.next();
  await reader.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
});

test("an error comes after the bytes, and at once where nothing began", async () => {
  const stream = new ResponseStream(quick);
  stream.begin("a/b");
  stream.write(Buffer.from("a"), unheard);
  stream.end(new Error("closed"));
  const reader = stream[Symbol.asyncIterator]();
  expect((await reader.next()).value?.toString()).toBe("a");
  await expect(reader.next()).rejects.toThrow("closed");
  const other = new ResponseStream(quick);
  other.end(new Error("closed"));
  await expect(other.begun).rejects.toThrow("closed");
});
