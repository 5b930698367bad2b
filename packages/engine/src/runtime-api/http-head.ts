/** What a request begins with. */
export interface RequestHead {
  readonly method: string;
  readonly path: string;
  /** Names in lower case; values as bytes came (latin1). */
  readonly headers: ReadonlyMap<string, string>;
}

/** An answer to a request. */
export interface RuntimeAnswer {
  readonly status: number;
  readonly headers?: readonly string[];
  readonly body: Buffer | string;
}

const reasons: Readonly<Record<number, string>> = {
  200: "OK",
  202: "Accepted",
  400: "Bad Request",
  403: "Forbidden",
  404: "Not Found",
  413: "Request Entity Too Large",
  431: "Request Header Fields Too Large",
};

/** The text of an answer before its body. */
export function answerHead(answer: RuntimeAnswer): string {
  const own = (answer.headers ?? []).map((line) => `${line}\r\n`).join("");
  return `HTTP/1.1 ${answer.status} ${reasons[answer.status] ?? "Error"}\r\nContent-Type: application/json\r\n${own}Content-Length: ${Buffer.byteLength(answer.body)}\r\n\r\n`;
}

/** Undefined if the text is no head of HTTP/1.x. */
export function parseHead(text: string): RequestHead | undefined {
  const [first = "", ...lines] = text.split("\r\n");
  const words = first.split(" ");
  const [method, path, version] = words;
  if (words.length !== 3 || !method || !path || !/^HTTP\/1\.[01]$/.test(version ?? "")) return undefined;
  const headers = new Map<string, string>();
  // A lone line end is no part of a value (RFC 9112, 2.2): it would forge lines in the log.
  if (/[\r\n\0]/.test(lines.join(""))) return undefined;
  for (const line of lines) {
    const colon = line.indexOf(":");
    if (colon < 1) return undefined;
    headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { method, path, headers };
}
