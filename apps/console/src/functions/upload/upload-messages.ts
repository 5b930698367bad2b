/** What the page asks of the worker. */
export interface UploadRequest {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  readonly functionName: string;
  readonly file: File;
}

/** What the worker tells the page. */
export type UploadMessage =
  | { readonly kind: "progress"; readonly sentBytes: number; readonly totalBytes: number }
  | { readonly kind: "done" }
  | { readonly kind: "failed"; readonly error: object };
