/** The text of an answer's LogResult, which is base64. */
export const decodeTail = (LogResult: string | undefined): string =>
  LogResult ? new TextDecoder().decode(Uint8Array.from(atob(LogResult), (c) => c.codePointAt(0) ?? 0)) : "";
