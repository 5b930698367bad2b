import { randomBytes } from "node:crypto";

const letters = "0123456789abcdefghijklmnopqrstuv";

/** 32 characters, each of five random bits: nobody guesses one. */
export function newUrlId(): string {
  let id = "";
  for (const byte of randomBytes(32)) id += letters[byte % letters.length];
  return id;
}

/** Which URL a request is for. */
export interface UrlAddress {
  readonly urlId: string;
  readonly region: string;
}

const hostPattern = /^([0-9a-z]{32})\.lambda-url\.([a-z0-9-]+)\.[a-z0-9.-]+(?::\d{1,5})?$/i;

/**
 * Reads a Host header of the form `ID.lambda-url.REGION.localhost:4566`; undefined for all others. What follows the region may be any name, for whoever
 * puts a proxy in front.
 */
export function readUrlHost(host: string): UrlAddress | undefined {
  const [, urlId, region] = hostPattern.exec(host) ?? [];
  return urlId === undefined || region === undefined ? undefined : { urlId: urlId.toLowerCase(), region: region.toLowerCase() };
}

/** The URL's own text. @param endpoint this server's, as `http://host:port`: names below `localhost` lead to loopback */
export const urlText = ({ urlId, region }: UrlAddress, endpoint: string): string =>
  `http://${urlId}.lambda-url.${region}.localhost:${new URL(endpoint).port || "80"}/`;
