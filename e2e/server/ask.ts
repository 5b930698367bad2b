import { request, type IncomingHttpHeaders } from "node:http";
import { text } from "node:stream/consumers";

/** What a server answered. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The text as JSON. */
  json(): Record<string, unknown>;
}

/** A request with every header as it is given: fetch would refuse to set some of them. */
interface Question {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends one request. */
export function ask(url: string, { method = "GET", headers = {}, body }: Question = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, agent: false }, (incoming) => {
      text(incoming).then(
        (received) =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text: received,
            json: () => JSON.parse(received) as Record<string, unknown>,
          }),
        reject,
      );
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** What a browser adds to a request of the console's own page. */
const fromConsole = { "content-type": "application/json", "sec-fetch-site": "same-origin" } as const;

/** Asks one of the sign-in endpoints as the console's page does. */
export const post = (url: string, path: string, body: unknown = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
  ask(`${url}/_mayfly/${path}`, { method: "POST", headers: { ...fromConsole, ...headers }, body: JSON.stringify(body) });

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieOf({ headers }: Answer): string {
  const [pair] = headers["set-cookie"]?.[0]?.split(";") ?? [];
  if (pair === undefined) throw new Error("The answer sets no cookie.");
  return pair;
}

/** The one-time token of a sign-in link. */
export const tokenOf = (signinUrl: string): string => new URL(signinUrl).hash.replace("#token=", "");
