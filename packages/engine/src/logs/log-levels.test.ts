import { expect, test } from "vitest";
import { applicationFilter } from "./log-levels.ts";

const filterOf = (applicationLogLevel: "TRACE" | "INFO" | "WARN" | "FATAL", logFormat: "Text" | "JSON" = "JSON") =>
  applicationFilter({ functionVersion: "$LATEST", logFormat, applicationLogLevel, systemLogLevel: "INFO" });
const line = (level: unknown, more: object = { timestamp: "2026-11-02T16:51:31.587199Z" }): string => JSON.stringify({ level, ...more });

test.each([
  ["debug", "INFO", false],
  ["Info", "INFO", true],
  ["WARNING", "WARN", true],
  ["CRITICAL", "FATAL", true],
  ["error", "FATAL", false],
  ["trace", "TRACE", true],
] as const)("a line of JSON of level %s, where %s is the least: %s", (level, least, isKept) => {
  expect(filterOf(least)(line(level))).toBe(isKept);
});

test("without a known level or a valid time a line is INFO", () => {
  const lines = ["plain", "{broken", "{}", line("loud"), line(7), line("error", {}), line("error", { timestamp: "yesterday" })];
  expect(lines.map((text) => filterOf("INFO")(text))).toEqual(lines.map(() => true));
  expect(lines.map((text) => filterOf("WARN")(text))).toEqual(lines.map(() => false));
  expect(filterOf("WARN")(line("error", { time: "2026-11-02T16:51:31+01:00" }))).toBe(true);
});

test("a framed message says its level itself, whatever its text says", () => {
  expect(filterOf("WARN")(line("debug"), 5)).toBe(true);
  expect(filterOf("WARN")(line("error"), 3)).toBe(false);
  expect(filterOf("WARN")(line("error"), 0)).toBe(true);
});

test("plain text knows no levels", () => {
  expect(filterOf("FATAL", "Text")(line("debug"))).toBe(true);
});
