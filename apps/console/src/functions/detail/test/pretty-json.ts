/** Longest that indented text may become; what is nested deeply grows by the square of its depth. Characters. */
const mostCharacters = 20_000_000;

/** JSON with indentation; the text itself if it is no JSON, or would grow beyond what a page can hold. */
export function prettyJson(text: string): string {
  if (indentedLength(text) > mostCharacters) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** How long a JSON text is once it is indented, at most. */
function indentedLength(text: string): number {
  let length = text.length;
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index];
    if (isInString) {
      if (character === "\\") index++;
      else if (character === '"') isInString = false;
    } else if (character === '"') isInString = true;
    else if (character === "{" || character === "[") length += 2 * ++depth + 1;
    else if (character === "}" || character === "]") length += 2 * --depth + 1;
    else if (character === ",") length += 2 * depth + 1;
    else if (character === ":") length++;
    if (length > mostCharacters) break;
  }
  return length;
}
