import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a web page of somebody else's makes the request through the user's browser. Browsers say so in `Sec-Fetch-Site`; to a
 * server that is neither on this machine nor behind TLS they send `Origin` alone. "Same site" is not enough: a page of a function's URL is of one site with all
 * names below `REGION.localhost`, to which this server answers as well.
 */
export function isCrossSite(headers: IncomingHttpHeaders | Readonly<Record<string, string | undefined>>): boolean {
  const site = headers["sec-fetch-site"];
  if (site === "cross-site") return true;
  const { origin, host } = headers;
  if (site !== undefined && site !== "same-site") return false;
  return typeof origin === "string" && nameOf(origin) !== nameOf(`http://${host}`);
}

/** The host's name: other ports of a machine are of the same site. undefined for an origin that is none, such as `null` */
function nameOf(origin: string): string | undefined {
  try {
    return new URL(origin).hostname;
  } catch {
    return undefined;
  }
}
