import { expect, test } from "vitest";
import { formatMicros, phasesOf } from "./start-phases.ts";

test("a start shows the parts that took time, in order", () => {
  const phases = { Pooled: true, WaitedMicros: 0, SandboxMicros: 0, CodeMicros: 900, InitMicros: 3_000, FirstResponseMicros: 1_200 };
  expect(phasesOf(phases).map(({ id, micros }) => [id, micros])).toEqual([
    ["code", 900],
    ["init", 3_000],
    ["response", 1_200],
  ]);
});

test("times are told in the unit that suits them", () => {
  expect([312, 4_210, 1_050_000].map(formatMicros)).toEqual(["312 µs", "4.21 ms", "1.05 s"]);
});
