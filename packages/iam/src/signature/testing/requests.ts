import { createHash, createHmac, type BinaryLike } from "node:crypto";
import { SignatureV4 } from "@smithy/signature-v4";
import type { SignedRequest } from "../types.ts";

/** For tests: the SDK's own signer over node:crypto. */
export function sdkSigner(
  service: string,
  options: { sessionToken?: string; region?: string; secretAccessKey?: string } = {},
): SignatureV4 {
  return new SignatureV4({
    service,
    region: options.region ?? "eu-central-1",
    uriEscapePath: service !== "s3",
    applyChecksum: service === "s3",
    credentials: {
      accessKeyId: "AKIDEXAMPLE",
      secretAccessKey: options.secretAccessKey ?? "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
      ...(options.sessionToken && { sessionToken: options.sessionToken }),
    },
    sha256: NodeSha256,
  });
}

class NodeSha256 {
  readonly #hash: ReturnType<typeof createHash> | ReturnType<typeof createHmac>;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as BinaryLike);
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {}
}

/** A request as a test writes it: query values decoded. */
export interface UnsignedRequest {
  readonly method: string;
  /** Percent-encoded as the SDK's serializers do. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** The request in the signer's shape. */
export function toSdkRequest(request: UnsignedRequest) {
  return {
    method: request.method,
    protocol: "http:",
    hostname: "localhost",
    path: request.path,
    query: { ...request.query },
    headers: { host: "localhost:4566", ...request.headers },
    body: request.body,
  };
}

/** What arrives at the server of a request that the SDK signed. */
export function asReceived(signed: {
  method: string;
  path: string;
  query?: object;
  headers: Record<string, string>;
  body?: unknown;
}): SignedRequest {
  const pairs = Object.entries(signed.query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one: unknown) => `${encode(name)}=${encode(String(one))}`),
  );
  return {
    method: signed.method,
    path: signed.path,
    query: pairs.join("&"),
    headers: Object.fromEntries(Object.entries(signed.headers).map(([name, value]) => [name.toLowerCase(), value])),
    body: Buffer.isBuffer(signed.body) ? signed.body : Buffer.alloc(0),
  };
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
