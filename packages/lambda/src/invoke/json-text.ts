import { isUtf8 } from "node:buffer";

/** Why bytes are no JSON, in the words of the parser that AWS uses, and where: both counted from 1. */
export interface JsonProblem {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const newline = 0x0a;
// A deeper event than AWS's own parser takes.
const maxDepth = 1000;
const values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";
const numberPattern = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;

class Broken extends Error {
  readonly at: number;
  constructor(message: string, at: number) {
    super(message);
    this.at = at;
  }
}

/** Undefined if the bytes are one JSON value. Builds nothing: a 6 MB event costs a walk over its bytes and no memory. */
export function findJsonProblem(bytes: Uint8Array): JsonProblem | undefined {
  try {
    if (!isUtf8(bytes)) throw invalidUtf8(bytes);
    const end = skipSpace(bytes, checkValue(bytes));
    if (end < bytes.length) throw unexpected(bytes, end, "was expecting end of the JSON text");
    return undefined;
  } catch (error) {
    if (error instanceof Broken) return { message: error.message, ...position(bytes, error.at) };
    throw error;
  }
}

/** Walks one value, containers kept on a stack of their opening bytes; answers where it ends. */
function checkValue(bytes: Uint8Array): number {
  const open: number[] = [];
  let at = 0;
  for (;;) {
    at = skipSpace(bytes, at);
    const byte = bytes[at];
    if (byte === OPEN_BRACE || byte === OPEN_BRACKET) {
      if (open.push(byte) > maxDepth)
        throw new Broken(`Document nesting depth (${open.length}) exceeds the maximum allowed (${maxDepth})`, at);
      const inside = skipSpace(bytes, at + 1);
      if (bytes[inside] !== closing(byte)) {
        at = byte === OPEN_BRACE ? checkName(bytes, inside) : inside;
        continue;
      }
      open.pop();
      at = inside + 1;
    } else {
      at = checkScalar(bytes, at);
    }
    const next = afterValue(bytes, at, open);
    if (next.done) return next.at;
    at = next.at;
  }
}

/** Closes what ends here and steps over a comma to the next value. */
function afterValue(bytes: Uint8Array, start: number, open: number[]): { done: boolean; at: number } {
  let at = start;
  for (;;) {
    const container = open.at(-1);
    if (container === undefined) return { done: true, at };
    at = skipSpace(bytes, at);
    if (bytes[at] === closing(container)) {
      open.pop();
      at++;
      continue;
    }
    const entries = container === OPEN_BRACE ? "Object" : "Array";
    if (bytes[at] !== COMMA) throw unexpected(bytes, at, `was expecting comma to separate ${entries} entries`);
    at = skipSpace(bytes, at + 1);
    return { done: false, at: container === OPEN_BRACE ? checkName(bytes, at) : at };
  }
}

const closing = (open: number): number => (open === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET);

function checkName(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== QUOTE) throw unexpected(bytes, at, "was expecting double-quote to start field name");
  const colon = skipSpace(bytes, checkString(bytes, at));
  if (bytes[colon] !== COLON) throw unexpected(bytes, colon, "was expecting a colon to separate field name and value");
  return colon + 1;
}

function checkScalar(bytes: Uint8Array, at: number): number {
  const byte = bytes[at];
  if (byte === undefined) throw new Broken("No content to map due to end-of-input", at);
  if (byte === QUOTE) return checkString(bytes, at);
  if (byte === 0x2d || (byte >= 0x30 && byte <= 0x39)) return checkNumber(bytes, at);
  const end = endOfToken(bytes, at);
  if (end === at) throw unexpected(bytes, at, `expected a valid value ${values}`);
  const token = Buffer.from(bytes.subarray(at, Math.min(end, at + 256))).toString("utf8");
  if (token !== "null" && token !== "true" && token !== "false")
    throw new Broken(`Unrecognized token '${token}': was expecting ${values}`, end);
  return end;
}

function checkNumber(bytes: Uint8Array, at: number): number {
  let end = at + 1;
  while (isNumberByte(bytes[end])) end++;
  numberPattern.lastIndex = 0;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at).toString("latin1");
  const match = numberPattern.exec(text);
  if (match?.[0].length !== text.length)
    throw unexpected(bytes, at + (match?.[0].length ?? 1), "expected a digit of a valid numeric value");
  return end;
}

function checkString(bytes: Uint8Array, start: number): number {
  let at = start + 1;
  for (;;) {
    const byte = bytes[at];
    // Nearly every byte is an ordinary character: one comparison fewer for each is worth a line.
    if (byte !== undefined && byte > QUOTE && byte !== BACKSLASH) {
      at++;
      continue;
    }
    if (byte === undefined) throw new Broken("Unexpected end-of-input: was expecting closing quote for a string value", at);
    if (byte === QUOTE) return at + 1;
    if (byte < 0x20) {
      throw new Broken(
        `Illegal unquoted character ((CTRL-CHAR, code ${byte})): has to be escaped using backslash to be included in string value`,
        at,
      );
    }
    at = byte === BACKSLASH ? checkEscape(bytes, at) : at + 1;
  }
}

function checkEscape(bytes: Uint8Array, at: number): number {
  const kind = bytes[at + 1];
  if (kind === 0x75) {
    for (let i = 2; i < 6; i++) {
      if (!isHexDigit(bytes[at + i])) throw unexpected(bytes, at + i, "expected a hex-digit for character escape sequence");
    }
    return at + 6;
  }
  if (kind === undefined || !'"\\/bfnrt'.includes(String.fromCharCode(kind))) {
    throw new Broken(`Unrecognized character escape ${describe(bytes, at + 1)}`, at + 1);
  }
  return at + 2;
}

function skipSpace(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; byte = bytes[at]) at++;
  return at;
}

function endOfToken(bytes: Uint8Array, start: number): number {
  let at = start;
  for (let byte = bytes[at]; byte !== undefined && isTokenByte(byte); byte = bytes[at]) at++;
  return at;
}

const isTokenByte = (byte: number): boolean =>
  byte >= 0x80 ||
  byte === 0x5f ||
  byte === 0x24 ||
  (byte >= 0x30 && byte <= 0x39) ||
  (byte >= 0x41 && byte <= 0x5a) ||
  (byte >= 0x61 && byte <= 0x7a);

const isNumberByte = (byte: number | undefined): boolean =>
  byte !== undefined &&
  ((byte >= 0x30 && byte <= 0x39) || byte === 0x2e || byte === 0x2b || byte === 0x2d || byte === 0x45 || byte === 0x65);

const isHexDigit = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || (byte >= 0x41 && byte <= 0x46) || (byte >= 0x61 && byte <= 0x66));

function unexpected(bytes: Uint8Array, at: number, expectation: string): Broken {
  if (at >= bytes.length) return new Broken(`Unexpected end-of-input: ${expectation}`, bytes.length);
  return new Broken(`Unexpected character (${describe(bytes, at)}): ${expectation}`, at);
}

function describe(bytes: Uint8Array, at: number): string {
  const character =
    Buffer.from(bytes.subarray(at, at + 4))
      .toString("utf8")
      .codePointAt(0) ?? 0;
  return `'${String.fromCodePoint(character)}' (code ${character})`;
}

function invalidUtf8(bytes: Uint8Array): Broken {
  for (let at = 0; at < bytes.length;) {
    const start = bytes[at] ?? 0;
    const length = characterLength(start);
    if (length === 0) return new Broken(`Invalid UTF-8 start byte 0x${start.toString(16)}`, at);
    if (!isUtf8(bytes.subarray(at, at + length))) return new Broken(`Invalid UTF-8 middle byte 0x${(bytes[at + 1] ?? 0).toString(16)}`, at);
    at += length;
  }
  return new Broken("Invalid UTF-8", bytes.length);
}

/** Bytes of a character by its first one; 0 if none begins so. */
function characterLength(start: number): number {
  if (start < 0x80) return 1;
  if (start < 0xc2 || start > 0xf4) return 0;
  if (start < 0xe0) return 2;
  return start < 0xf0 ? 3 : 4;
}

function position(bytes: Uint8Array, at: number): { line: number; column: number } {
  let line = 1;
  let lineStart = 0;
  for (let i = 0; i < at; i++) {
    if (bytes[i] !== newline) continue;
    line++;
    lineStart = i + 1;
  }
  return { line, column: at - lineStart + 1 };
}
