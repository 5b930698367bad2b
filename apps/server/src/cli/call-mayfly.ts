import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import type { MayflyOperations } from "@mayfly/wire/mayfly";
import { readAddressFile } from "../data-folder/address-file.ts";
import { readCredentialsFile } from "../data-folder/credentials-file.ts";

/** A server that can't be asked; the message says what to do. */
class ServerUnreachable extends Error {
  override readonly name = "ServerUnreachable";
}

/** An answer as JSON has it: times are epoch seconds. */
export type Wired<T> = T extends Date
  ? number
  : T extends readonly (infer Item)[]
    ? Wired<Item>[]
    : T extends object
      ? { [K in keyof T]: Wired<T[K]> }
      : T;

/** Where the server of that data folder listens. @throws ServerUnreachable if none runs */
export function serverUrl(folder: string): string {
  const url = readAddressFile(folder);
  if (url === undefined) throw new ServerUnreachable(`No server runs on ${folder}. Start one with npm start, or say --data FOLDER.`);
  return url;
}

/**
 * Calls an operation of Mayfly's own service on the running server of that data folder, as the root user.
 * @throws ServerUnreachable, Error with the server's refusal
 */
export async function callMayfly<Name extends keyof MayflyOperations>(
  folder: string,
  operation: Name,
  input: MayflyOperations[Name]["input"],
  region = "us-east-1",
): Promise<Wired<MayflyOperations[Name]["output"]>> {
  const url = serverUrl(folder);
  const { protocol, hostname, host, port } = new URL(url);
  const signer = new SignatureV4({ service: "mayfly", region, credentials: readCredentialsFile(folder), sha256: Sha256 });
  const body = JSON.stringify(input);
  const { headers } = await signer.sign({
    method: "POST",
    protocol,
    hostname,
    port: Number(port),
    path: "/",
    query: {},
    headers: { host, "content-type": "application/x-amz-json-1.1", "x-amz-target": `Mayfly_20261123.${operation}` },
    body,
  });
  const response = await fetch(`${url}/`, { method: "POST", headers, body }).catch((error: unknown) => {
    if ((error as { cause?: { code?: string } }).cause?.code !== "ECONNREFUSED") throw error;
    throw new ServerUnreachable(`No server answers at ${url}. Start one with npm start.`);
  });
  if (!response.ok) throw new Error(`The server refused: ${await response.text()}`);
  return (await response.json()) as Wired<MayflyOperations[Name]["output"]>;
}
