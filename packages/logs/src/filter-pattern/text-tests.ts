import { RE2JS } from "re2js";
import { invalidPattern } from "./pattern-reader.ts";

/** Says whether a text is of some kind, in time linear in its length. */
export type TextTest = (text: string) => boolean;

/** Longest pattern that is compiled, and how often it may say "so many times". */
const repeatLimitCount = 100;

/**
 * A regular expression of RE2's kind, found anywhere in the text. It has no back references or look-around, like CloudWatch's.
 * @throws InvalidParameterException
 */
export function regexTest(source: string): TextTest {
  const repeats = [...source.matchAll(/\{(\d*)(?:,(\d*))?\}/g)].map(([, least, most]) => Math.max(Number(least), Number(most ?? 0), 1));
  // Counted repeats are unrolled, nested ones as their product.
  if (repeats.reduce((product, count) => product * count, 1) > repeatLimitCount) throw invalidPattern();
  try {
    const compiled = RE2JS.compile(source);
    return (text) => compiled.matcher(text).find();
  } catch {
    throw invalidPattern();
  }
}

/** The whole text, `*` standing for any number of characters. */
export function wildcardTest(pattern: string): TextTest {
  const [first = "", ...rest] = pattern.split("*");
  const last = rest.pop();
  if (last === undefined) return (text) => text === pattern;
  const middle = rest.filter((piece) => piece !== "");
  return (text) => {
    if (!text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const piece of middle) {
      const found = text.indexOf(piece, at);
      if (found === -1) return false;
      at = found + piece.length;
    }
    return at <= text.length - last.length;
  };
}
