import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import { currentRegion } from "../api/send.ts";
import { currentCredentials } from "../session/session.ts";

/** A request whose body, or whose answer's, is an object's content: what the SDK's client would hold in memory. */
interface ObjectRequest {
  readonly method: "GET" | "PUT";
  readonly bucket: string;
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A request that is signed, for fetch or XMLHttpRequest. */
interface SignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

// A path of S3's is signed as it is sent.
const signer = (): SignatureV4 =>
  new SignatureV4({ service: "s3", region: currentRegion(), credentials: currentCredentials, sha256: Sha256, uriEscapePath: false });

const escaped = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

/** @throws Error for a key that no address can name: browsers take `.` and `..` between slashes as a way, however they are written. */
function pathOf({ bucket, key }: Pick<ObjectRequest, "bucket" | "key">): string {
  const parts = key.split("/");
  if (parts.some((part) => part === "." || part === ".."))
    throw Object.assign(new Error(`A browser can't ask for a key with "." or ".." between slashes; the aws CLI and SDKs can.`), {
      name: "KeyNotAddressable",
    });
  return `/${bucket}/${parts.map(escaped).join("/")}`;
}

const queryText = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map(([name, value]) => `${escaped(name)}=${escaped(value)}`)
    .join("&");

/** The content is not read for its hash: a file may be larger than memory. */
const unsigned = { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } as const;

function requestOf({ method, query = {}, headers = {}, ...object }: ObjectRequest) {
  const { protocol, hostname, port, host } = location;
  return {
    method,
    protocol,
    hostname,
    ...(port !== "" && { port: Number(port) }),
    path: pathOf(object),
    query: { ...query },
    headers: { host, ...headers, ...unsigned },
  };
}

/** Signs a request in its headers. */
export async function signObjectRequest(request: ObjectRequest): Promise<SignedRequest> {
  const { headers } = await signer().sign(requestOf(request));
  const { host: _host, ...sent } = headers;
  const search = queryText(request.query ?? {});
  return { url: `${location.origin}${pathOf(request)}${search === "" ? "" : `?${search}`}`, headers: sent };
}

/** How long a link that downloads counts: it is followed at once. Seconds. */
const linkSeconds = 60;

/** An address that answers an object as a file to be saved, without any further sign-in. */
async function downloadUrl(bucket: string, key: string, versionId?: string): Promise<string> {
  const name = key.split("/").at(-1) ?? key;
  const query = {
    "response-content-disposition": `attachment; filename*=UTF-8''${escaped(name)}`,
    ...(versionId !== undefined && { versionId }),
  };
  const signed = await signer().presign(requestOf({ method: "GET", bucket, key, query }), { expiresIn: linkSeconds });
  return `${location.origin}${signed.path}?${queryText(signed.query as Record<string, string>)}`;
}

/** Whether a browser can ask for an object. @throws Error saying why not */
export const assertAddressable = (key: string): void => void pathOf({ bucket: "", key });

/** Has the browser save an object. */
export async function download(bucket: string, key: string, versionId?: string): Promise<void> {
  const link = document.createElement("a");
  link.href = await downloadUrl(bucket, key, versionId);
  link.download = key.split("/").at(-1) ?? key;
  link.click();
}

/** The first bytes of an object. @throws an error in the SDK's form */
export async function readStart(
  bucket: string,
  key: string,
  versionId: string | undefined,
  most: number,
  signal: AbortSignal,
): Promise<Blob> {
  const { url, headers } = await signObjectRequest({
    method: "GET",
    bucket,
    key,
    ...(versionId !== undefined && { query: { versionId } }),
    headers: { range: `bytes=0-${most - 1}` },
  });
  const response = await fetch(url, { headers, signal });
  // An empty object has no such range.
  if (response.status === 416) return new Blob([]);
  if (!response.ok) throw errorOf(response.status, await response.text());
  return response.blob();
}

/** What a refusal in XML says, in the form of the SDK's errors. */
export function errorOf(status: number, xml: string): Error {
  const document = new DOMParser().parseFromString(xml, "text/xml");
  const member = (name: string): string | undefined => document.querySelector(`Error > ${name}`)?.textContent ?? undefined;
  return Object.assign(new Error(member("Message") ?? `The server answered ${status}.`), {
    name: member("Code") ?? `Http${status}`,
    $metadata: { httpStatusCode: status, requestId: member("RequestId") },
  });
}
