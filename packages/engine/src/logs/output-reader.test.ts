import fc from "fast-check";
import { expect, test } from "vitest";
import { engineLimits } from "../limits.ts";
import { createOutputReader, type OutputEvent } from "./output-reader.ts";

const frame = (text: string, type = 0x0f, ms = 1_700_000_000_123): Buffer => {
  const head = Buffer.from([0xa5, 0x5a, 0, type, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  head.writeUInt32BE(Buffer.byteLength(text), 4);
  head.writeBigUInt64BE(BigInt(ms) * 1_000n, 8);
  return Buffer.concat([head, Buffer.from(text)]);
};
const bytes = (...parts: (string | Buffer)[]): Buffer => Buffer.concat(parts.map((part) => Buffer.from(part)));

/** All events' bytes, the data coming in pieces that end at `cuts`. */
function readBytes(data: Buffer, cuts: readonly number[] = [], mostEvents = Infinity): Buffer[] {
  const events: OutputEvent[] = [];
  const reader = createOutputReader((event) => events.push(event));
  const ends = [...new Set([...cuts.map((cut) => cut % (data.length + 1)), data.length])].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    reader.push(data.subarray(from, end));
    while (reader.read(mostEvents));
    from = end;
  }
  reader.flush();
  return events.map((event) => event.bytes);
}

/** The texts of all events. */
const read = (...args: Parameters<typeof readBytes>): string[] => readBytes(...args).map((part) => part.toString("utf8"));

test("lines end with a newline, messages where their frame ends; a message in the midst of a line parts it", () => {
  expect(read(bytes("a\n", frame("b\nc\r"), "d", frame("e"), "\nf"))).toEqual(["a", "b\nc\r", "d", "e", "", "f"]);
});

test("a frame tells level and time", () => {
  const events: OutputEvent[] = [];
  const reader = createOutputReader((event) => events.push(event));
  reader.push(bytes(frame("text", 0x13), frame("", 0x02), "line\n"));
  reader.read(Infinity);
  expect(events.map((event) => event.frame?.rank)).toEqual([4, 0, undefined]);
  expect(events[0]?.frame?.timestampMs).toBeCloseTo(1_700_000_000_123, 1);
});

test("however it is cut, and however few events are taken at a time, the same comes out", () => {
  const part = fc.oneof(
    fc.constantFrom<string | Buffer>("\n", "a", "é\r", Buffer.from([0xa5]), Buffer.from([0xa5, 0x5a, 0, 1]), Buffer.from([0xa5, 0x5a])),
    fc.string().map((text) => frame(text)),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(part), fc.array(fc.nat(400)), fc.integer({ min: 1, max: 3 }), (parts, cuts, most) => {
      const data = bytes(...parts);
      expect(read(data, cuts, most)).toEqual(read(data));
    }),
  );
});

test("junk is lost nowhere", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.array(fc.nat(300)), (junk, cuts) => {
      const text = Buffer.from(junk.map((byte) => (byte === 0xa5 ? 0x41 : byte)));
      const withoutNewlines = Buffer.from(text.filter((byte) => byte !== 10));
      expect(Buffer.concat(readBytes(text, cuts)).equals(withoutNewlines)).toBe(true);
    }),
  );
});

test("a frame that promises more than it brings, or more than an event may be, comes in parts", () => {
  const promise = frame("x".repeat(10));
  promise.writeUInt32BE(0xffffffff, 4);
  expect(read(promise)).toEqual(["x".repeat(10)]);
  const most = engineLimits.logLineBytes;
  expect(read(bytes(frame("y".repeat(most + 3)), "z\n")).map(({ length }) => length)).toEqual([most, 3, 1]);
});
