import { openHttpConnection, type HttpConnection } from "./http-connection.ts";
import type { SigningScope } from "./sign-request.ts";

/** A server that serves one of AWS's services. */
export interface ServiceTarget {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly signAs: Omit<SigningScope, "service">;
}

/** A kept connection to a server, opened anew when the server has closed it. */
export interface ServiceClient {
  readonly host: string;
  /** @param what it is called in the error. @throws Error if the answer is not 200 */
  exchange(what: string, head: string, body: Buffer): Promise<Buffer>;
  close(): void;
}

/** Connects. */
export async function openServiceClient({ url }: ServiceTarget): Promise<ServiceClient> {
  const { hostname, port, host } = new URL(url);
  const open = (): Promise<HttpConnection> => openHttpConnection(hostname, Number(port));
  let connection = await open();
  return {
    host,
    close: () => connection.close(),
    async exchange(what, head, body) {
      const answer = await connection.exchange(head, body);
      // moto closes after each answer, MiniStack after a thousand.
      if (/^connection: close\r?$/im.test(answer.head)) {
        connection.close();
        connection = await open();
      }
      if (answer.status !== 200) throw new Error(`${what} was answered with\n${answer.head}\n\n${answer.body.toString("utf8", 0, 500)}`);
      return answer.body;
    },
  };
}
