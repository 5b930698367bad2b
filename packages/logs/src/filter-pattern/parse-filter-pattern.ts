import { readJsonPattern } from "./json-pattern.ts";
import { PatternReader } from "./pattern-reader.ts";
import { readSpacePattern } from "./space-pattern.ts";
import { readTermPattern } from "./term-pattern.ts";

/** Says whether a log line is asked for. It never throws and takes time linear in the line's length. */
export type LineFilter = (message: string) => boolean;

const readers: Readonly<Record<string, (reader: PatternReader) => LineFilter>> = { "{": readJsonPattern, "[": readSpacePattern };

/**
 * Reads a filter pattern; an empty one finds every line.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * @throws InvalidParameterException
 */
export function parseFilterPattern(pattern: string): LineFilter {
  const text = pattern.trim();
  return (readers[text.charAt(0)] ?? readTermPattern)(new PatternReader(text));
}
