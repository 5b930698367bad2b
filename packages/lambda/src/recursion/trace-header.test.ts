import { expect, it } from "vitest";
import { loopsOf, traceHeader } from "./trace-header.ts";

const key = (functionName: string) => ({ accountId: "123456789012", region: "us-east-1", functionName });
const atMs = 1_700_000_000_000;

it("makes trace ids that hold the time and never come again", () => {
  const headers = Array.from({ length: 1_000 }, () => traceHeader(key("a"), undefined, atMs));
  for (const header of headers)
    expect(header).toMatch(/^Root=1-6553f100-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:0$/);
  for (const part of [/Root=\S{35}/, /Parent=\S{16}/]) expect(new Set(headers.map((header) => part.exec(header)?.[0])).size).toBe(1_000);
});

it("goes on with a chain, and counts each function in it", () => {
  const first = traceHeader(key("a"), undefined, atMs);
  const second = traceHeader(key("b"), first, atMs);
  const third = traceHeader(key("a"), second, atMs);
  const rootOf = (header: string) => header.split(";")[0];
  expect([rootOf(second), rootOf(third)]).toEqual([rootOf(first), rootOf(first)]);
  expect([loopsOf(key("a"), first), loopsOf(key("a"), third), loopsOf(key("b"), third), loopsOf(key("c"), third)]).toEqual([0, 1, 0, 0]);
});

it("keeps of a long chain those that come again", () => {
  let header = traceHeader(key("again"), undefined, atMs);
  for (let index = 0; index < 100; index++) {
    header = traceHeader(key(`once-${index}`), header, atMs);
    header = traceHeader(key("again"), header, atMs);
  }
  expect(loopsOf(key("again"), header)).toBe(100);
  expect(header.length).toBeLessThan(600);
});

it.each([
  ["an empty one", ""],
  ["words", "nonsense"],
  ["parts of another form", "Root=1-1-1;Lineage=zz"],
  ["lines", "Root=1-6553f100-000000000000000000000000\r\nX: y"],
  ["an entry cut off", "Lineage=00000000:1|"],
  ["a megabyte", `Lineage=${"00000000:1|".repeat(100_000)}`],
])("takes nothing from a header that is none: %s", (_what, given) => {
  const header = traceHeader(key("a"), given, atMs);
  expect(header).toMatch(/^Root=1-6553f100-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0;Lineage=[0-9a-f]{8}:0$/);
});
