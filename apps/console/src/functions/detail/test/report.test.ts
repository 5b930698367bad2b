import { expect, test } from "vitest";
import { readReport } from "./report.ts";

test("a cold invocation's line", () => {
  const text =
    "START RequestId: 8f5\nREPORT RequestId: 8f5\tDuration: 1.73 ms\tBilled Duration: 85 ms\tMemory Size: 128 MB\tMax Memory Used: 31 MB\tInit Duration: 82.60 ms\t\n";
  expect(readReport(text)).toEqual({
    requestId: "8f5",
    durationMs: 1.73,
    billedDurationMs: 85,
    memorySizeMb: 128,
    maxMemoryUsedMb: 31,
    initDurationMs: 82.6,
  });
});

test("a timed-out invocation's line has its status", () => {
  const text =
    "REPORT RequestId: a\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\tStatus: timeout";
  expect(readReport(text)?.status).toBe("timeout");
});

test("JSON logs", () => {
  const record = {
    time: "2026-01-01T00:00:00.000Z",
    type: "platform.report",
    record: { requestId: "b", metrics: { durationMs: 2, billedDurationMs: 3, memorySizeMB: 256, maxMemoryUsedMB: 40 }, status: "success" },
  };
  expect(readReport(`{"type":"platform.start"}\n${JSON.stringify(record)}\n`)).toEqual({
    requestId: "b",
    durationMs: 2,
    billedDurationMs: 3,
    memorySizeMb: 256,
    maxMemoryUsedMb: 40,
  });
});

test("other text holds none", () => expect(readReport("hello")).toBeUndefined());
