/**
 * An opaque page token that says where the next page starts and for which list it was made.
 * @param list the operation's name, so that one list's token is refused by another.
 */
export function encodePageToken(list: string, position: string): string {
  return Buffer.from(JSON.stringify([list, position]), "utf8").toString("base64url");
}

/** The position in a token of {@link encodePageToken}; undefined if it is not a token of that list. */
export function decodePageToken(list: string, token: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, "base64url").toString("utf8"));
    if (!Array.isArray(parsed) || parsed.length !== 2 || parsed[0] !== list || typeof parsed[1] !== "string") return undefined;
    return parsed[1];
  } catch {
    return undefined;
  }
}
