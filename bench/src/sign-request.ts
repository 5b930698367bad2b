import { createHmac, hash } from "node:crypto";

/** Who signs, and for what. */
export interface SigningScope {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly region: string;
  readonly service: string;
}

/** Signs a request: its `x-amz-date` and `authorization` header lines, and those of `headers`. */
export type RequestSigner = (host: string, path: string, body: Buffer) => string;

const hmac = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

/**
 * AWS Signature Version 4 by header, with the day's signing key kept.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @param headers further headers; names in lower case. With an `x-amz-content-sha256` the body is not looked at
 */
export function createRequestSigner(
  { accessKeyId, secretAccessKey, region, service }: SigningScope,
  headers: Readonly<Record<string, string>> = {},
  method: "POST" | "PUT" | "GET" = "POST",
): RequestSigner {
  let keyDay = "";
  let key: Buffer = Buffer.alloc(0);
  const names = ["host", "x-amz-date", ...Object.keys(headers)].toSorted();
  const signedHeaders = names.join(";");
  const ownLines = Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
  return (host, path, body) => {
    const time = `${new Date().toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z`;
    const day = time.slice(0, 8);
    if (day !== keyDay) {
      key = [region, service, "aws4_request"].reduce<Buffer>(hmac, hmac(`AWS4${secretAccessKey}`, day));
      keyDay = day;
    }
    const values: Readonly<Record<string, string>> = { ...headers, host, "x-amz-date": time };
    const canonicalHeaders = names.map((name) => `${name}:${values[name] ?? ""}\n`).join("");
    const bodyHash = headers["x-amz-content-sha256"] ?? hash("sha256", body);
    const canonical = `${method}\n${path}\n\n${canonicalHeaders}\n${signedHeaders}\n${bodyHash}`;
    const scope = `${day}/${region}/${service}/aws4_request`;
    const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${hash("sha256", canonical)}`).toString("hex");
    return `${ownLines}x-amz-date: ${time}\r\nauthorization: AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}\r\n`;
  };
}
