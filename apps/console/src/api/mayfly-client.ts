import { fromBase64, toBase64 } from "@smithy/core/serde";
import type { InputOf, OperationName, OutputOf } from "@mayfly/kernel";
import { createSigned, type SignerConfig } from "./signed-json.ts";

/** Members that are base64 on the wire and bytes here. */
const blobMembers = new Set(["Content"]);
/** Operations whose `Content` is text. */
const textContent = new Set<string>(["GetPrivateTestEvents", "PutPrivateTestEvents"]);
/** Members that are epoch seconds on the wire and Date here. */
const timeMembers = new Set([
  "At",
  "LastModified",
  "DeployedAt",
  "StartedAt",
  "CreatedAt",
  "ExpiresAt",
  "LastUsedAt",
  "OldestAcceptedAt",
  "InvokedAt",
  "SentAt",
]);

/** A client of Mayfly's own service, which no SDK has. Errors have the SDK's form: name, message, `$metadata`. */
export interface MayflyClient {
  send<O extends OperationName<"mayfly">>(operation: O, input: InputOf<"mayfly", O>, signal?: AbortSignal): Promise<OutputOf<"mayfly", O>>;
}

/** Makes a client; requests are JSON, signed like any AWS request. */
export function createMayflyClient(config: SignerConfig): MayflyClient {
  const sendSigned = createSigned("mayfly", config);
  return {
    async send(operation, input, signal) {
      const body = JSON.stringify(input, (key, value: unknown) => toWire(operation, key, value));
      const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `Mayfly_20261123.${operation}` };
      const text = await sendSigned({ method: "POST", path: "/", headers, body }, signal);
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
