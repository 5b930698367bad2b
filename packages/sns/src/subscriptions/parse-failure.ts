/**
 * What SNS says of JSON that can't be read, as recorded for an object whose first key has no quotes; its parser's position is
 * told for other failures, too.
 */
export function failedToParse(text: string): string {
  const { line, column, character } = failureIn(text);
  const place = `\n at [Source: REDACTED (\`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION\` disabled); line: ${line}, column: ${column}]`;
  if (character === undefined) return `failed to parse JSON. Unexpected end-of-input${place}`;
  const code = character.codePointAt(0) ?? 0;
  return `failed to parse JSON. Unexpected character ('${character}' (code ${code})): was expecting double-quote to start field name${place}`;
}

/** Where a text stops being JSON; Node tells the position. */
function failureIn(text: string): { readonly line: number; readonly column: number; readonly character: string | undefined } {
  let at = text.length;
  try {
    JSON.parse(text);
  } catch (error) {
    const found = /position (\d+)/.exec(String(error))?.[1];
    if (found !== undefined) at = Number(found);
    else if (!/end of JSON/.test(String(error))) at = Math.max(0, text.search(/\S/));
  }
  const lines = text.slice(0, at).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, character: text[at] };
}
