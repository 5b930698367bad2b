import { readHead, type GivenHead, type HeadOptions } from "./answer-head.ts";
import { splitPrelude } from "./prelude.ts";
import type { UrlAnswer } from "./types.ts";

interface GivenAnswer extends GivenHead {
  readonly body?: unknown;
  readonly isBase64Encoded?: unknown;
}

/**
 * Makes an answer of what a function returned: what has a status code is one, all else is the body of one.
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html#urls-response-payload
 * @returns undefined if it is no answer that can be sent
 */
export function bufferedAnswer(payload: Buffer, options: HeadOptions): UrlAnswer | undefined {
  const text = payload.toString("utf8");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return writtenAnswer(payload, options);
  }
  if (typeof value !== "object" || value === null || !("statusCode" in value)) {
    return answerOf({}, typeof value === "string" ? Buffer.from(value) : withoutBlanks(payload), options);
  }
  const given = value as GivenAnswer;
  const body = bodyOf(given);
  return body && answerOf(given, body, options);
}

/** A function that writes its response may have begun it with a prelude, else it has written the body. */
function writtenAnswer(payload: Buffer, options: HeadOptions): UrlAnswer | undefined {
  const split = splitPrelude(payload);
  if (split === undefined) return answerOf({}, payload, options);
  return split.head && answerOf(split.head, split.rest, options);
}

function answerOf(given: GivenHead, body: Buffer, options: HeadOptions): UrlAnswer | undefined {
  const head = readHead(given, options);
  return head && { ...head, body };
}

// What backtracks in here does so in constant time: a function may return 6 MB of anything.
const base64 = /^[A-Za-z0-9+/]*={0,2}$/;

function bodyOf({ body, isBase64Encoded }: GivenAnswer): Buffer | undefined {
  if (body === undefined || body === null) return Buffer.alloc(0);
  const text = typeof body === "string" ? body : JSON.stringify(body);
  if (isBase64Encoded !== true) return Buffer.from(text);
  const oneLine = text.replaceAll(/[\r\n]/g, "");
  return base64.test(oneLine) ? Buffer.from(oneLine, "base64") : undefined;
}

const [quote, backslash] = [0x22, 0x5c];
const blanks: ReadonlySet<number> = new Set([0x20, 0x0a, 0x0d, 0x09]);

/** JSON as AWS passes it on: without blanks between its parts. Never made anew, so that its numbers stay what they were. */
function withoutBlanks(json: Buffer): Buffer {
  const kept = Buffer.allocUnsafe(json.length);
  let length = 0;
  let isInText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]!;
    if (!isInText && blanks.has(byte)) continue;
    kept[length++] = byte;
    if (byte === quote) isInText = !isInText;
    else if (isInText && byte === backslash) kept[length++] = json[++at] ?? quote;
  }
  return kept.subarray(0, length);
}
