import { expect, it } from "vitest";
import { newTraceId } from "./run-invocation.ts";

it("makes trace ids that hold the time and never come again", () => {
  const ids = Array.from({ length: 1_000 }, () => newTraceId(1_700_000_000_000));
  for (const id of ids) expect(id).toMatch(/^Root=1-6553f100-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/);
  for (const part of [/Root=\S{35}/, /Parent=\S{16}/]) expect(new Set(ids.map((id) => part.exec(id)?.[0])).size).toBe(ids.length);
});
