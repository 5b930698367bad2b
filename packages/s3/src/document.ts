import { createHash } from "node:crypto";
import { badDigest, invalidDigest } from "./faults.ts";
import { checkDigest, checkForm, checksumAlgorithms, checksumHeader, createChecksum } from "./objects/checksums.ts";

/**
 * Holds the document of a request (not an object's bytes, which are checked as they arrive) to what its headers say of it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
 * @throws Fault InvalidDigest, BadDigest, InvalidRequest
 */
export async function checkDocument(headers: Readonly<Record<string, string | undefined>>, body: Buffer): Promise<void> {
  const md5 = headers["content-md5"];
  const wanted = md5 === undefined ? undefined : Buffer.from(md5, "base64");
  if (wanted !== undefined && wanted.length !== 16) throw invalidDigest(md5 ?? "");
  if (wanted !== undefined && !wanted.equals(createHash("md5").update(body).digest()))
    throw badDigest("The Content-MD5 you specified did not match what we received.");
  for (const algorithm of checksumAlgorithms) {
    const value = headers[checksumHeader(algorithm)];
    if (value === undefined) continue;
    checkForm(algorithm, value);
    const running = await createChecksum(algorithm);
    running.update(body);
    checkDigest(algorithm, value, running.digest().toString("base64"));
  }
}
