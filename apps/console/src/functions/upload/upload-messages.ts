import type { PublishLayerVersionRequest } from "@aws-sdk/client-lambda";

/** What a .zip file is to become. */
export type UploadTarget =
  | { readonly kind: "function"; readonly functionName: string }
  | { readonly kind: "layer"; readonly layer: Omit<PublishLayerVersionRequest, "Content"> };

/** What the page asks of the worker. */
export interface UploadRequest {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
  readonly target: UploadTarget;
  readonly file: File;
}

/** What the worker tells the page. */
export type UploadMessage =
  | { readonly kind: "progress"; readonly sentBytes: number; readonly totalBytes: number }
  /** `version`: of a layer. */
  | { readonly kind: "done"; readonly version?: number | undefined }
  | { readonly kind: "failed"; readonly error: object };
