import type { RequestHandler } from "express";

/**
 * Lets only the console's own page through: sign-in and its credentials are for browsers, which say where a request comes from and
 * can't be made to lie about it. Programs sign their requests instead.
 */
export const sameOriginOnly: RequestHandler = (request, response, next) => {
  response.set("cache-control", "no-store");
  const { origin, host } = request.headers;
  const isSameOrigin = request.headers["sec-fetch-site"] === "same-origin" && (origin === undefined || originHost(origin) === host);
  if (isSameOrigin && request.is("application/json")) next();
  else
    response.status(403).json({
      code: "CrossSiteRequest",
      message:
        "Only the console's own page may ask this, with Content-Type application/json. Programs sign their requests with an access key.",
    });
};

function originHost(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
