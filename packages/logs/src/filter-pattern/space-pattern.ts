import type { LineFilter } from "./parse-filter-pattern.ts";
import { readComparison } from "./comparison.ts";
import { readCondition, type Condition } from "./condition.ts";
import { invalidPattern, type PatternReader } from "./pattern-reader.ts";

/** `[ip, user, ..., status = 4*, bytes > 100]`: one condition a field; `...` stands for any number of fields. */
export function readSpacePattern(reader: PatternReader): LineFilter {
  reader.expect("[");
  const before: Condition<string>[] = [];
  const after: Condition<string>[] = [];
  let open = false;
  do {
    if (reader.take("...") === undefined) (open ? after : before).push(readField(reader));
    else if (open) throw invalidPattern();
    else open = true;
  } while (reader.take(",") !== undefined);
  reader.expect("]");
  if (!reader.done) throw invalidPattern();
  const fewest = before.length + after.length;
  return (message) => {
    const fields = fieldsOf(message);
    if (open ? fields.length < fewest : fields.length !== fewest) return false;
    const tail = fields.slice(fields.length - after.length);
    return before.every((holds, index) => holds(fields[index] ?? "")) && after.every((holds, index) => holds(tail[index] ?? ""));
  };
}

function readField(reader: PatternReader): Condition<string> {
  return readCondition(reader, () => {
    reader.skipSpace();
    if (reader.match(/[\p{L}\p{N}_.-]+/uy) === undefined) throw invalidPattern();
    return readComparison(reader) ?? (() => true);
  });
}

/** Fields between spaces; what quotes or brackets enclose is one field. */
function fieldsOf(message: string): string[] {
  const fields: string[] = [];
  const ends: Readonly<Record<string, string>> = { '"': '"', "[": "]" };
  let at = 0;
  // An enclosure that does not end is none; without this each one would be looked for to the end of the line.
  const unended = new Set<string>();
  while (at < message.length) {
    const character = message.charAt(at);
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    const closing = ends[character];
    const end = closing === undefined || unended.has(closing) ? -1 : message.indexOf(closing, at + 1);
    if (end !== -1) {
      fields.push(message.slice(at + 1, end));
      at = end + 1;
      continue;
    }
    if (closing !== undefined) unended.add(closing);
    const from = at;
    while (at < message.length && !/\s/.test(message.charAt(at))) at++;
    fields.push(message.slice(from, at));
  }
  return fields;
}
