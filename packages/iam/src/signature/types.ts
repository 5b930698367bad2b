/** What a signature is checked on; wire's request has this shape. */
export interface SignedRequest {
  readonly method: string;
  /** Raw path, percent-encoding kept, without the query. */
  readonly path: string;
  /** Raw query without `?`. */
  readonly query: string;
  /** Names in lower case; repeated headers joined by `, `. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** How the body takes part in the signature. `declared`: the client's `x-amz-content-sha256`, which the signature covers as it is. */
export type PayloadForm =
  /** By its SHA-256; it is computed where the client declared none. */
  | { readonly kind: "hashed"; readonly declared: string | undefined }
  | { readonly kind: "unsigned"; readonly declared: string }
  /** aws-chunked; `signed`: every chunk carries a signature; `trailer`: headers follow the last chunk. */
  | { readonly kind: "chunked"; readonly signed: boolean; readonly trailer: boolean; readonly declared: string };

/** A SigV4 signature as a request carries it, well formed but not yet checked. */
export interface ParsedSignature {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  readonly region: string;
  readonly service: string;
  readonly signedAtMs: number;
  readonly payload: PayloadForm;
  readonly placement: "header" | "query";
  /** `YYYYMMDD` of the credential scope. */
  readonly scopeDate: string;
  /** `YYYYMMDDTHHMMSSZ` */
  readonly timestamp: string;
  /** Lower case, in the client's order. */
  readonly signedHeaders: readonly string[];
  /** 64 hexadecimal digits. */
  readonly signature: string;
  /** `X-Amz-Expires` of a presigned URL, seconds. */
  readonly expiresSeconds: number | undefined;
}

/** Why a signature is refused. `message` is AWS's text; services word only the code differently. */
export interface SignatureFailure {
  readonly kind: SignatureFailureKind;
  readonly message: string;
}

/**
 * `incomplete-signature`: it cannot be read. `signature-mismatch`: it is not this request's. `signature-expired` and
 * `signature-not-yet-current`: the clocks differ by too much, or a presigned URL is too old. `unsigned-headers`: a header that must be signed is
 * not. `payload-mismatch`: the body is not the one that was signed.
 */
export type SignatureFailureKind =
  | "incomplete-signature"
  | "signature-mismatch"
  | "signature-expired"
  | "signature-not-yet-current"
  | "unsigned-headers"
  | "payload-mismatch";

/** What {@link readSignature} answers. */
export type ReadSignature =
  | { readonly outcome: "unsigned" }
  | { readonly outcome: "failure"; readonly failure: SignatureFailure }
  | { readonly outcome: "signed"; readonly signature: ParsedSignature };

/** What {@link verifySignature} answers. */
export type VerifiedSignature =
  | {
      readonly ok: true;
      /** The request's own buffer, or what its chunks held. */
      readonly body: Buffer;
      /** Headers after the last chunk, lower-case names. */
      readonly trailers: Readonly<Record<string, string>>;
    }
  | { readonly ok: false; readonly failure: SignatureFailure };

/** Bounds of signing times. */
export const signatureLimits = {
  clockSkewMs: 5 * 60_000,
  /** S3's. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
  bucketClockSkewMs: 15 * 60_000,
  /** A week; longer presigned URLs are refused. */
  maxExpiresSeconds: 604_800,
  signingKeyCacheEntries: 1_000,
} as const;
