import { expect, test } from "vitest";
import { linesOfInvocation, linesOfUnanswered, prettyJson, requestIdOf, severityOf, shownText } from "./event-text.ts";

const id = "6bc28136-xxxx".replace("xxxx", "4365-4021-a814-2e6b8f0c1d2a");

test("colours of terminals go", () => expect(shownText("\u001b[31mred\u001b[0m\n")).toBe("red"));

test("JSON is spread out", () => {
  expect(prettyJson('{"a":1}\n')).toBe('{\n  "a": 1\n}');
  expect(prettyJson("{broken")).toBeUndefined();
  expect(prettyJson("12")).toBeUndefined();
});

test.each([
  [`START RequestId: ${id} Version: $LATEST`],
  [`{"level":"INFO","requestId":"${id}","message":"x"}`],
  [`2026-01-01T00:00:00.000Z\t${id}\tINFO\thello`],
])("the invocation of %s", (line) => expect(requestIdOf(line)).toBe(id));

test.each([
  [`[ERROR] ZeroDivisionError`, "error"],
  [`2026 Task timed out after 3.00 seconds`, "error"],
  [`[WARNING] low`, "warning"],
  [`REPORT RequestId: ${id}`, "report"],
  ["hello", "none"],
])("%s is %s", (line, severity) => expect(severityOf(line)).toBe(severity));

test("an invocation's lines are those between its START and its REPORT, in its stream", () => {
  const line = (message: string, logStreamName = "a") => ({ message, logStreamName });
  const events = [
    line("before"),
    line(`START RequestId: ${id}`),
    line("printed"),
    line("other stream", "b"),
    line(`REPORT RequestId: ${id}\tDuration`),
    line("after"),
  ];
  expect(linesOfInvocation(events, id).map(({ message }) => message)).toEqual([
    `START RequestId: ${id}`,
    "printed",
    `REPORT RequestId: ${id}\tDuration`,
  ]);
});

const lineOf = (message: string, logStreamName = "a") => ({ message, logStreamName });
const textsOf = (events: readonly ReturnType<typeof lineOf>[]) => linesOfUnanswered(events).lines.map(({ message }) => message);

test("of an invocation that was not answered, what its environment said before belongs to it", () => {
  const events = [lineOf("INIT_START Runtime"), lineOf("loading")];
  expect(textsOf(events)).toEqual(["INIT_START Runtime"]);
  expect(textsOf([...events, lineOf("START RequestId: 1"), lineOf("x")])).toEqual([
    "INIT_START Runtime",
    "loading",
    "START RequestId: 1",
    "x",
  ]);
});

test("an invocation that is over is not the one that was not answered", () => {
  const others = [lineOf("START RequestId: 1"), lineOf("theirs"), lineOf("START RequestId: 2", "b"), lineOf("mine", "b")];
  expect(textsOf(others)).toEqual(["START RequestId: 1", "theirs"]);
  expect(linesOfUnanswered(others).isUnsure).toBe(true);
  expect(textsOf([...others, lineOf("REPORT RequestId: 1")])).toEqual(["START RequestId: 2", "mine"]);
});

test("the answer may come after the REPORT", () => {
  const own = [lineOf("START RequestId: 1"), lineOf("mine"), lineOf("REPORT RequestId: 1")];
  expect(textsOf([lineOf("late line of an earlier one"), lineOf("REPORT RequestId: 0"), ...own])).toEqual(
    own.map(({ message }) => message),
  );
  expect(linesOfUnanswered(own).isUnsure).toBe(false);
});
