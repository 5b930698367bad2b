import { SignatureV4 } from "@smithy/signature-v4";
import { Sha256 } from "@smithy/core/checksum";
import { fromBase64, toBase64 } from "@smithy/core/serde";
import type { InputOf, OperationName, OutputOf } from "@mayfly/kernel";

/** Members that are base64 on the wire and bytes here. */
const blobMembers = new Set(["Content"]);
/** Operations whose `Content` is text. */
const textContent = new Set<string>(["GetPrivateTestEvents", "PutPrivateTestEvents"]);
/** Members that are epoch seconds on the wire and Date here. */
const timeMembers = new Set(["LastModified", "DeployedAt", "StartedAt", "CreatedAt", "ExpiresAt", "LastUsedAt"]);

/** Who signs, and for which region. */
export interface MayflyClientConfig {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;
}

/** A client of Mayfly's own service, which no SDK has. Errors have the SDK's form: name, message, `$metadata`. */
export interface MayflyClient {
  send<O extends OperationName<"mayfly">>(operation: O, input: InputOf<"mayfly", O>, signal?: AbortSignal): Promise<OutputOf<"mayfly", O>>;
}

/** Makes a client; requests are JSON, signed like any AWS request. */
export function createMayflyClient({ endpoint, region, credentials }: MayflyClientConfig): MayflyClient {
  const signer = new SignatureV4({ service: "mayfly", region, credentials, sha256: Sha256 });
  const url = new URL(endpoint);
  return {
    async send(operation, input, signal) {
      const body = JSON.stringify(input, (key, value: unknown) => toWire(operation, key, value));
      const signed = await signer.sign({
        method: "POST",
        protocol: url.protocol,
        hostname: url.hostname,
        ...(url.port !== "" && { port: Number(url.port) }),
        path: "/",
        query: {},
        headers: {
          host: url.host,
          "content-type": "application/x-amz-json-1.1",
          "x-amz-target": `Mayfly_20261123.${operation}`,
        },
        body,
      });
      const { host: _host, ...headers } = signed.headers;
      const response = await fetch(`${url.origin}/`, { method: "POST", headers, body, ...(signal && { signal }) });
      const text = await response.text();
      if (!response.ok) throw mayflyError(response, text);
      return JSON.parse(text === "" ? "{}" : text, (key, value: unknown) => fromWire(operation, key, value)) as never;
    },
  };
}

function toWire(operation: string, key: string, value: unknown): unknown {
  if (value instanceof Uint8Array && blobMembers.has(key) && !textContent.has(operation)) return toBase64(value);
  return value;
}

function fromWire(operation: string, key: string, value: unknown): unknown {
  if (typeof value === "string" && blobMembers.has(key) && !textContent.has(operation)) return fromBase64(value);
  if (typeof value === "number" && timeMembers.has(key)) return new Date(value * 1000);
  return value;
}

function mayflyError(response: Response, text: string): Error {
  const parsed = readJson(text);
  const code = (parsed.__type ?? `HTTP ${response.status}`).replace(/^.*#/, "");
  const message = parsed.message ?? parsed.Message ?? response.statusText;
  const requestId = response.headers.get("x-amzn-requestid") ?? undefined;
  return Object.assign(new Error(message), { name: code, $metadata: { httpStatusCode: response.status, requestId } });
}

function readJson(text: string): { __type?: string; message?: string; Message?: string } {
  try {
    return JSON.parse(text) as object;
  } catch {
    return {};
  }
}
