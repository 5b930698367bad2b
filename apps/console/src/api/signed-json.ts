import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";

/** Who signs, and for which region. */
export interface SignerConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;
}

/** A request, from its path on. */
interface SignedRequest {
  readonly method: "GET" | "POST";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request signed for a service and answers its JSON as text. Errors have the SDK's form: name, message, `$metadata`. */
export type SendSigned = (request: SignedRequest, signal?: AbortSignal) => Promise<string>;

/** Signs for one service. */
export function createSigned(service: string, { endpoint, region, credentials }: SignerConfig): SendSigned {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const url = new URL(endpoint);
  return async ({ method, path, query = {}, headers = {}, body }, signal) => {
    const signed = await signer.sign({
      method,
      protocol: url.protocol,
      hostname: url.hostname,
      ...(url.port !== "" && { port: Number(url.port) }),
      path,
      query: { ...query },
      headers: { host: url.host, ...headers },
      ...(body !== undefined && { body }),
    });
    const { host: _host, ...sent } = signed.headers;
    const search = new URLSearchParams(query).toString();
    const address = `${url.origin}${path}${search === "" ? "" : `?${search}`}`;
    const response = await fetch(address, { method, headers: sent, ...(body !== undefined && { body }), ...(signal && { signal }) });
    const text = await response.text();
    if (!response.ok) throw refusal(response, text);
    return text;
  };
}

interface Refusal {
  readonly __type?: string;
  readonly message?: string;
  readonly Message?: string;
  readonly Reason?: string;
}

function refusal(response: Response, text: string): Error {
  const { __type, message, Message, Reason } = readRefusal(text);
  const code = (__type ?? response.headers.get("x-amzn-errortype") ?? `HTTP ${response.status}`).replace(/^.*#/, "").replace(/:.*$/, "");
  const requestId = response.headers.get("x-amzn-requestid") ?? undefined;
  return Object.assign(new Error(message ?? Message ?? response.statusText), {
    name: code,
    ...(Reason !== undefined && { Reason }),
    $metadata: { httpStatusCode: response.status, requestId },
  });
}

function readRefusal(text: string): Refusal {
  try {
    return JSON.parse(text) as Refusal;
  } catch {
    return {};
  }
}
