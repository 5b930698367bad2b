import { parseTree, printParseErrorCode, type Node, type ParseError } from "jsonc-parser";
import type { PolicyProblem } from "./policy-problem.ts";

/** A value of the document with its place. */
export type Value = Node;

/** Where something is in the text: characters from its beginning. */
interface Span {
  readonly offset: number;
  readonly length: number;
}

/** Collects what is wrong with a text. */
export interface Findings {
  readonly problems: PolicyProblem[];
  readonly error: (at: Span, message: string) => void;
  readonly warning: (at: Span, message: string) => void;
}

const syntaxInWords: Readonly<Record<string, string>> = {
  InvalidSymbol: "This is no JSON value. Texts stand in double quotes.",
  InvalidNumberFormat: "This is no number.",
  PropertyNameExpected: "A name in double quotes is expected here; the last one in a list has no comma after it.",
  ValueExpected: "A value is expected here; the last one in a list has no comma after it.",
  ColonExpected: "A colon is expected here.",
  CommaExpected: "A comma is expected here.",
  CloseBraceExpected: "A closing brace } is missing.",
  CloseBracketExpected: "A closing bracket ] is missing.",
  EndOfFileExpected: "The document ends before this.",
  InvalidCommentToken: "JSON has no comments.",
  UnexpectedEndOfComment: "JSON has no comments.",
  UnexpectedEndOfString: "A closing quote is missing.",
  InvalidUnicode: "\\u is followed by four hexadecimal digits.",
  InvalidEscapeCharacter: "This character can't follow a backslash.",
  InvalidCharacter: "This character can't stand in a text as it is.",
};

/** Reads a document. Without a root its text is no JSON, and the findings say where. */
export function readDocument(text: string): { readonly root: Value | undefined; readonly findings: Findings } {
  const findings = findingsIn(text);
  if (text.trim() === "") {
    findings.error({ offset: 0, length: 0 }, "The document is empty.");
    return { root: undefined, findings };
  }
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  const [first] = errors;
  // What follows the first mistake mostly follows from it.
  if (first) findings.error(first, syntaxInWords[printParseErrorCode(first.error)] ?? "This is not valid JSON.");
  return { root: first ? undefined : root, findings };
}

function findingsIn(text: string): Findings {
  const problems: PolicyProblem[] = [];
  const add = (severity: PolicyProblem["severity"], { offset, length }: Span, message: string): void => {
    const [line, column] = placeOf(text, offset);
    const [endLine, endColumn] = placeOf(text, offset + length);
    problems.push({ severity, message, line, column, endLine, endColumn });
  };
  return { problems, error: (at, message) => add("error", at, message), warning: (at, message) => add("warning", at, message) };
}

function placeOf(text: string, offset: number): [line: number, column: number] {
  const before = text.slice(0, offset).split(/\r\n|\r|\n/);
  return [before.length, (before.at(-1)?.length ?? 0) + 1];
}

/** A member of an object: its name and its value, each with its place. */
export interface Member {
  readonly name: string;
  readonly key: Value;
  readonly value: Value;
}

/** An object's members in their order. */
export const membersOf = (object: Value): Member[] =>
  (object.children ?? []).flatMap(({ children: [key, value] = [] }) => (key && value ? [{ name: String(key.value), key, value }] : []));

/** The members of an array, or the value itself where the grammar lets one stand for many. */
export const listOf = (value: Value): readonly Value[] => (value.type === "array" ? (value.children ?? []) : [value]);
