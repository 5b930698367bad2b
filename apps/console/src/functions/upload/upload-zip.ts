import { currentRegion } from "../../api/send.ts";
import { currentCredentials } from "../../session/session.ts";
import type { UploadMessage, UploadRequest, UploadTarget } from "./upload-messages.ts";

/** Lambda takes larger packages from S3 only. */
const largestZipBytes = 50 * 1024 * 1024;

/** What is wrong with a file as a deployment package; undefined if nothing is seen. */
export function zipProblem(file: Pick<File, "name" | "size"> | undefined): string | undefined {
  if (file === undefined) return "Choose a .zip file.";
  if (!/\.(zip|jar)$/i.test(file.name)) return "Choose a .zip or .jar file.";
  if (file.size === 0) return "The file is empty.";
  if (file.size > largestZipBytes) return "The file is larger than 50 MB, the most that can be uploaded directly.";
  return undefined;
}

/** An upload under way. */
export interface Upload {
  /** Resolves when it is done, with a layer's version. Rejects with the request's error, or with AbortError after `cancel`. */
  readonly done: Promise<number | undefined>;
  readonly cancel: () => void;
}

/** Makes a .zip file a function's code, or a layer's version. Encoding, signing and sending happen in a worker; the page stays alive. */
export function uploadZip(target: UploadTarget, file: File, onProgress: (fraction: number) => void): Upload {
  const worker = new Worker(new URL("./upload-worker.ts", import.meta.url), { type: "module" });
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  worker.addEventListener("message", ({ data }: MessageEvent<UploadMessage>) => {
    if (data.kind === "progress") onProgress(data.sentBytes / data.totalBytes);
    else if (data.kind === "done") resolve(data.version);
    else reject(Object.assign(new Error("The upload failed."), data.error));
  });
  worker.addEventListener("error", (event) => reject(new Error(event.message || "The upload could not be started.")));
  void begin(worker, target, file).catch(reject);
  return {
    done: promise.finally(() => worker.terminate()),
    cancel: () => reject(new DOMException("The upload was cancelled.", "AbortError")),
  };
}

async function begin(worker: Worker, target: UploadTarget, file: File): Promise<void> {
  const { accessKeyId, secretAccessKey, sessionToken } = await currentCredentials();
  const request: UploadRequest = {
    endpoint: location.origin,
    region: currentRegion(),
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    target,
    file,
  };
  worker.postMessage(request);
}
