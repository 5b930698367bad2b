import { decodePageToken, encodePageToken, Fault } from "@mayfly/kernel";

const list = "ListKeptInvocations";

/** A token for what began before. */
export const pageToken = (invokedAtMs: number): string => encodePageToken(list, String(invokedAtMs));

/** Before what a page's invocations began. @throws Fault ValidationException for a token that was not given out here */
export function pageStart(token: string | undefined): number | undefined {
  if (token === undefined || token === "") return undefined;
  const text = decodePageToken(list, token);
  if (text === undefined) throw new Fault("ValidationException", "The provided Marker is invalid.");
  return Number(text);
}
