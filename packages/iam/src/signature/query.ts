/** Percent-encodes all but RFC 3986's unreserved characters, as SigV4 wants it. */
export function encodeRfc3986(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Undoes percent-encoding; what is none of UTF-8 stays as it is. */
export function decodePercent(text: string): string {
  if (!text.includes("%")) return text.toWellFormed();
  try {
    return decodeURIComponent(text).toWellFormed();
  } catch {
    return text.toWellFormed();
  }
}

/** Name and value of every parameter, decoded, in order. `+` is a space. */
export function parseQuery(query: string): readonly (readonly [name: string, value: string])[] {
  if (query === "") return [];
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const [name, value] = equals === -1 ? [pair, ""] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [decodePercent(name.replaceAll("+", " ")), decodePercent(value.replaceAll("+", " "))] as const;
    });
}
