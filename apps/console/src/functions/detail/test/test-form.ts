import { parse, printParseErrorCode, type ParseError } from "jsonc-parser";
import { useCallback, useSyncExternalStore } from "react";
import { helloWorld } from "./event-templates.ts";
import type { Sharing } from "./test-events.ts";
import type { InvocationType } from "./test-runs.ts";

/** What is filled in for a function's next test. It stays while one goes to other tabs and pages, and over a reload of this tab. */
export interface TestForm {
  /** `new`: not saved yet. */
  readonly action: "new" | "saved";
  readonly name: string;
  readonly sharing: Sharing;
  /** JSON text. */
  readonly text: string;
  readonly templateId: string;
  readonly invocationType: InvocationType;
}

const firstForm: TestForm = {
  action: "new",
  name: "",
  sharing: "private",
  text: helloWorld,
  templateId: "hello-world",
  invocationType: "RequestResponse",
};

const storageKey = (functionName: string): string => `mayfly.test.${functionName}`;
const forms = new Map<string, TestForm>();
const listeners = new Set<() => void>();

/** The form of a function as it is now. */
export function testFormOf(functionName: string): TestForm {
  const held = forms.get(functionName);
  if (held) return held;
  const read = { ...firstForm, ...readKept(functionName) };
  forms.set(functionName, read);
  return read;
}

function readKept(functionName: string): Partial<TestForm> {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey(functionName)) ?? "{}") as Partial<TestForm>;
  } catch {
    return {};
  }
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Reads and changes the form. */
export function useTestForm(functionName: string): [form: TestForm, change: (facts: Partial<TestForm>) => void] {
  const form = useSyncExternalStore(subscribe, () => testFormOf(functionName));
  const change = useCallback(
    (facts: Partial<TestForm>) => {
      const next = { ...testFormOf(functionName), ...facts };
      forms.set(functionName, next);
      sessionStorage.setItem(storageKey(functionName), JSON.stringify(next));
      for (const listener of listeners) listener();
    },
    [functionName],
  );
  return [form, change];
}

/** Why a text is no JSON, in one line with its place; undefined if it is. */
export function jsonProblem(text: string): string | undefined {
  if (text.trim() === "") return "The event must be JSON; an empty event is {}.";
  const errors: ParseError[] = [];
  parse(text, errors, { disallowComments: true });
  const [first] = errors;
  if (first === undefined) return undefined;
  const before = text.slice(0, first.offset).split("\n");
  const place = `Line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  return `${place}: ${problems[printParseErrorCode(first.error)] ?? "this is not JSON"}.`;
}

/** By the parser's codes. */
const problems: Readonly<Record<string, string>> = {
  ValueExpected: "a value is missing",
  PropertyNameExpected: "a name in double quotes is missing",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "the event ends before this",
  InvalidCommentToken: "JSON has no comments",
  InvalidNumberFormat: "this is no number",
  UnexpectedEndOfString: "a closing quote is missing",
  InvalidUnicode: "this is no Unicode escape",
  InvalidEscapeCharacter: "this is no escape that JSON has",
  InvalidCharacter: "a character that must be escaped",
};
