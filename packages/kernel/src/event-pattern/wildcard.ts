import { patternFault } from "./json.ts";

/** A star stands for any characters; a backslash takes a star or a backslash as it is. @throws EventPatternError */
export function compileWildcard(pattern: string): (text: string) => boolean {
  const pieces = piecesOf(pattern);
  const [first = "", ...rest] = pieces;
  const last = rest.pop();
  if (last === undefined) return (text) => text === first;
  return (text) => {
    if (!text.startsWith(first)) return false;
    let at = first.length;
    for (const piece of rest) {
      const found = text.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return text.length - last.length >= at && text.endsWith(last);
  };
}

/** What stands between the stars. */
function piecesOf(pattern: string): readonly string[] {
  const pieces = [""];
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    if (character === "*") {
      if (pattern.charAt(at + 1) === "*") throw patternFault(`Consecutive wildcard characters at pos ${at}`);
      pieces.push("");
      continue;
    }
    if (character !== "\\") {
      pieces[pieces.length - 1] += character;
      continue;
    }
    const escaped = pattern.charAt(++at);
    if (escaped !== "*" && escaped !== "\\") throw patternFault(`Invalid escape character at pos ${at - 1}`);
    pieces[pieces.length - 1] += escaped;
  }
  return pieces;
}
