import { compilePattern, type PatternToken, type WildcardPattern } from "./wildcard.ts";

/** Values of a condition key by its lower-case name; undefined if the request has none. */
export type KeyLookup = (lowerCaseName: string) => readonly string[] | undefined;

/** Whether a text of the request fits; undefined if a policy variable has no value, which makes the whole statement void. */
export type TextTest = (text: string, keys: KeyLookup) => boolean | undefined;

/** How a policy's text is to be read. */
export interface TemplateOptions {
  /** `${aws:username}` and the like are replaced (policies of version 2012-10-17 only). */
  readonly variables: boolean;
  /** `*` and `?` stand for any characters. */
  readonly wildcards: boolean;
  readonly ignoreCase?: boolean;
}

type TemplateToken = PatternToken | { readonly kind: "variable"; readonly name: string; readonly fallback: string | undefined };

const variable = /\$\{([^}]*)\}/g;
const variableParts = /^\s*([^,]+?)\s*(?:,\s*'([^']*)'\s*)?$/;
const escaped = new Set(["*", "?", "$"]);

/**
 * Compiles a text of a policy: a resource, an action, a condition's value.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function compileTemplate(source: string, options: TemplateOptions): TextTest {
  const text = options.ignoreCase ? source.toLowerCase() : source;
  if (!options.variables || !text.includes("${")) return constantTest(text, options);
  const tokens = tokensOf(source, options);
  if (!tokens.some((token) => token.kind === "variable")) return patternTest(compilePattern(tokens as readonly PatternToken[]), options);
  return (value, keys) => {
    const resolved = resolve(tokens, keys, options);
    return resolved && compilePattern(resolved).matches(options.ignoreCase ? value.toLowerCase() : value);
  };
}

/** The commonest forms by the string methods made for them. */
function constantTest(text: string, options: TemplateOptions): TextTest {
  const firstWildcard = options.wildcards ? text.search(/[*?]/) : -1;
  const fold = options.ignoreCase ? (value: string) => value.toLowerCase() : (value: string) => value;
  if (firstWildcard === -1) return (value) => fold(value) === text;
  if (text === "*") return () => true;
  if (firstWildcard === text.length - 1 && text.endsWith("*")) {
    const prefix = text.slice(0, -1);
    return (value) => fold(value).startsWith(prefix);
  }
  return patternTest(compilePattern(literalTokens(text, options)), options);
}

function patternTest(pattern: WildcardPattern, options: TemplateOptions): TextTest {
  return options.ignoreCase ? (value) => pattern.matches(value.toLowerCase()) : (value) => pattern.matches(value);
}

function tokensOf(source: string, options: TemplateOptions): readonly TemplateToken[] {
  const tokens: TemplateToken[] = [];
  let from = 0;
  for (const match of source.matchAll(variable)) {
    tokens.push(...literalTokens(source.slice(from, match.index), options), variableToken(match[1] ?? ""));
    from = match.index + match[0].length;
  }
  tokens.push(...literalTokens(source.slice(from), options));
  return tokens;
}

function variableToken(inner: string): TemplateToken {
  if (escaped.has(inner)) return { kind: "text", text: inner };
  const [, name = "", fallback] = variableParts.exec(inner) ?? [];
  return { kind: "variable", name: name.toLowerCase(), fallback };
}

function literalTokens(source: string, options: TemplateOptions): PatternToken[] {
  const text = options.ignoreCase ? source.toLowerCase() : source;
  if (!options.wildcards) return text === "" ? [] : [{ kind: "text", text }];
  const pieces = text.split(/([*?])/).filter((piece) => piece !== "");
  return pieces.map((piece) => (piece === "*" ? { kind: "many" } : piece === "?" ? { kind: "one" } : { kind: "text", text: piece }));
}

/** Values are put in as plain text: a `*` in one is no wildcard. A key of several values is not usable as a variable. */
function resolve(tokens: readonly TemplateToken[], keys: KeyLookup, options: TemplateOptions): readonly PatternToken[] | undefined {
  const resolved: PatternToken[] = [];
  for (const token of tokens) {
    if (token.kind !== "variable") {
      resolved.push(token);
      continue;
    }
    const values = keys(token.name);
    const value = values?.length === 1 ? values[0] : token.fallback;
    if (value === undefined) return undefined;
    resolved.push({ kind: "text", text: options.ignoreCase ? value.toLowerCase() : value });
  }
  return resolved;
}
