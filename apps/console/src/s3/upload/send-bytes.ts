import { serverGone } from "../../api/connection.ts";
import { errorOf, signObjectRequest } from "../object-request.ts";

/** Where bytes go: an object, or a part of an upload. */
export interface ByteTarget {
  readonly bucket: string;
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a file or a part of one, which the browser reads as it goes. Answers the ETag. `fetch` would not tell how much is sent. */
export async function sendBytes(target: ByteTarget, body: Blob, onSent: (bytes: number) => void, signal: AbortSignal): Promise<string> {
  const { url, headers } = await signObjectRequest({ method: "PUT", ...target });
  signal.throwIfAborted();
  const request = new XMLHttpRequest();
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const abort = (): void => request.abort();
  signal.addEventListener("abort", abort);
  request.upload.addEventListener("progress", ({ loaded }) => onSent(Math.min(loaded, body.size)));
  request.addEventListener("load", () => {
    if (request.status === 200) resolve(request.getResponseHeader("etag") ?? "");
    else reject(errorOf(request.status, request.responseText));
  });
  request.addEventListener("abort", () => reject(new DOMException("The upload was cancelled.", "AbortError")));
  request.addEventListener("error", () => {
    serverGone();
    // As browsers say it of fetch: problemOf knows it by that.
    reject(new TypeError("Failed to fetch"));
  });
  request.open("PUT", url);
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.send(body);
  return promise.finally(() => signal.removeEventListener("abort", abort));
}
