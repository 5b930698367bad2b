import { wireLimits } from "../limits.ts";

/**
 * The parameters of a query string or form body, in order, decoded; undefined if the percent-encoding is broken or there
 * are more than `formParametersCount`.
 */
export function parseForm(text: string): (readonly [string, string])[] | undefined {
  const parameters: (readonly [string, string])[] = [];
  if (text === "") return parameters;
  for (const pair of text.split("&", wireLimits.formParametersCount + 1)) {
    if (pair === "") continue;
    const equals = pair.indexOf("=");
    const name = decodeFormPart(equals === -1 ? pair : pair.slice(0, equals));
    const value = equals === -1 ? "" : decodeFormPart(pair.slice(equals + 1));
    if (name === undefined || value === undefined) return undefined;
    parameters.push([name, value]);
  }
  return parameters.length > wireLimits.formParametersCount ? undefined : parameters;
}

function decodeFormPart(text: string): string | undefined {
  return percentDecode(text.includes("+") ? text.replaceAll("+", " ") : text);
}

/** `%41` to `A`; undefined if the encoding is broken or what it holds is not UTF-8. */
export function percentDecode(text: string): string | undefined {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
