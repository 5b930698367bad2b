/** One piece of a pattern: text to be met as it is, `?` (any one character) or `*` (any run of characters, empty too). */
export type PatternToken = { readonly kind: "text"; readonly text: string } | { readonly kind: "one" } | { readonly kind: "many" };

/** A compiled pattern. Two patterns' `matches` share nothing; it may be called any number of times. */
export interface WildcardPattern {
  matches(text: string): boolean;
}

/** What lies between two `*`: a text, and at which of its places any character will do. */
interface Section {
  readonly text: string;
  readonly anyAt: ReadonlySet<number>;
}

/**
 * Compiles a pattern. Sections between stars are met from left to right at their first place and never tried again, so there is
 * no backtracking: the time is bounded by the text's length times the longest section's, whatever the pattern.
 */
export function compilePattern(tokens: readonly PatternToken[]): WildcardPattern {
  const sections = sectionsOf(tokens);
  const [first, ...rest] = sections;
  if (first === undefined) return { matches: (text) => text === "" };
  const last = rest.pop();
  if (last === undefined) return { matches: (text) => text.length === first.text.length && meets(first, text, 0) };
  return { matches: (text) => meetsInOrder(first, rest, last, text) };
}

function sectionsOf(tokens: readonly PatternToken[]): readonly Section[] {
  const sections: Section[] = [];
  let text = "";
  let anyAt = new Set<number>();
  for (const token of tokens) {
    if (token.kind === "text") text += token.text;
    else if (token.kind === "one") {
      anyAt.add(text.length);
      text += "?";
    } else {
      sections.push({ text, anyAt });
      text = "";
      anyAt = new Set();
    }
  }
  sections.push({ text, anyAt });
  return sections;
}

function meetsInOrder(first: Section, middle: readonly Section[], last: Section, text: string): boolean {
  const end = text.length - last.text.length;
  if (first.text.length > end || !meets(first, text, 0) || !meets(last, text, end)) return false;
  let from = first.text.length;
  for (const section of middle) {
    const at = find(section, text, from, end);
    if (at === undefined) return false;
    from = at + section.text.length;
  }
  return from <= end;
}

function meets(section: Section, text: string, at: number): boolean {
  if (section.anyAt.size === 0) return text.startsWith(section.text, at);
  for (let i = 0; i < section.text.length; i++) {
    if (!section.anyAt.has(i) && text.charCodeAt(at + i) !== section.text.charCodeAt(i)) return false;
  }
  return true;
}

/** First place from `from` where the section is met and ends by `end`. */
function find(section: Section, text: string, from: number, end: number): number | undefined {
  const lastStart = end - section.text.length;
  if (section.anyAt.size === 0) {
    const at = text.indexOf(section.text, from);
    return at === -1 || at > lastStart ? undefined : at;
  }
  for (let at = from; at <= lastStart; at++) if (meets(section, text, at)) return at;
  return undefined;
}
