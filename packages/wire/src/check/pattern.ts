import { wireLimits } from "../limits.ts";

const compiled = new Map<string, RegExp>();

/** Whether a Java regular expression matches the whole of a text. */
export function patternMatches(pattern: string, text: string): boolean {
  if (text.length > wireLimits.patternInputCharacters) return false;
  let expression = compiled.get(pattern);
  if (expression === undefined) compiled.set(pattern, (expression = compilePattern(pattern)));
  try {
    return expression.test(text);
  } catch {
    // A repeated group may exhaust the engine's stack on a text that no service would accept.
    return false;
  }
}

/** Java's `matches()`: the whole text. `\p{L}` needs JavaScript's u flag, some of Java's escapes do not bear it. */
export function compilePattern(pattern: string): RegExp {
  const whole = `^(?:${pattern})$`;
  try {
    return new RegExp(whole, "u");
  } catch {
    return new RegExp(whole);
  }
}
