import type { Clock } from "@mayfly/kernel";
import type { Database } from "@mayfly/db";
import { isCodeUsed } from "../store/function-queries.ts";
import { readCodeUrl } from "./code-url.ts";

/** A request under `/_mayfly/code/`. */
export interface CodeDownloadRequest {
  /** Raw path without the query. */
  readonly path: string;
  /** Raw query without `?`. */
  readonly query: string;
}

/** What to answer: a file to be streamed, or a text. */
export interface CodeDownload {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Path on the host of the file that is the body. */
  readonly file?: string;
  readonly text?: string;
}

/** Serves signed URLs of deployment packages; refusals in the form of S3, where AWS's URLs lead. */
export async function codeDownload(
  { db, clock, signingSecret }: { readonly db: Database; readonly clock: Clock; readonly signingSecret: Uint8Array },
  { path, query }: CodeDownloadRequest,
): Promise<CodeDownload> {
  const location = readCodeUrl(signingSecret, path, query, clock.now());
  if (location === "invalid")
    return refusal(403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");
  if (location === "expired") return refusal(403, "AccessDenied", "Request has expired");
  const there = (await isCodeUsed(db, location.sha256, location.accountId)) && (await db.blobs.has(location.sha256));
  if (!there) return refusal(404, "NoSuchKey", "The specified key does not exist.");
  return {
    status: 200,
    headers: {
      "content-type": "application/zip",
      "content-disposition": `attachment; filename="${location.sha256}.zip"`,
      "cache-control": "private, no-store",
    },
    file: db.blobs.path(location.sha256),
  };
}

const refusal = (status: number, code: string, message: string): CodeDownload => ({
  status,
  headers: { "content-type": "application/xml" },
  text: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
});
