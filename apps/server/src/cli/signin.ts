import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { dataFolderOf } from "../config/options.ts";
import { readAddressFile } from "../data-folder/address-file.ts";
import { readCredentialsFile, type RootAccessKey } from "../data-folder/credentials-file.ts";

/** `mayfly signin`: asks the running server for a link that signs the root user in to the console once. Answers the exit code. */
export async function runSignin({ data }: { data?: string }): Promise<number> {
  const folder = dataFolderOf(data);
  const url = readAddressFile(folder);
  if (url === undefined) return fail(`No server runs on ${folder}. Start one with npm start, or say --data FOLDER.`);
  try {
    const { SigninUrl } = await createSigninToken(url, readCredentialsFile(folder));
    console.log(`${SigninUrl}\n\nThe link signs you in once, within 15 minutes.`);
    return 0;
  } catch (error) {
    const cause = (error as { cause?: { code?: string } }).cause?.code;
    if (cause === "ECONNREFUSED") return fail(`No server answers at ${url}. Start one with npm start.`);
    return fail((error as Error).message);
  }
}

function fail(message: string): number {
  console.error(message);
  return 1;
}

async function createSigninToken(url: string, credentials: RootAccessKey): Promise<{ SigninUrl: string }> {
  const { protocol, hostname, host, port } = new URL(url);
  const signer = new SignatureV4({ service: "mayfly", region: "us-east-1", credentials, sha256: Sha256 });
  const body = "{}";
  const { headers } = await signer.sign({
    method: "POST",
    protocol,
    hostname,
    port: Number(port),
    path: "/",
    query: {},
    headers: { host, "content-type": "application/x-amz-json-1.1", "x-amz-target": "Mayfly_20261123.CreateSigninToken" },
    body,
  });
  const response = await fetch(`${url}/`, { method: "POST", headers, body });
  if (!response.ok) throw new Error(`The server refused: ${await response.text()}`);
  return (await response.json()) as { SigninUrl: string };
}
