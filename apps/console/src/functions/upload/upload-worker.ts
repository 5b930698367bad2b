import { LambdaClient, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { XhrHttpHandler } from "@aws-sdk/xhr-http-handler";
import type { UploadMessage, UploadRequest } from "./upload-messages.ts";

// Encoding and signing 50 MB takes seconds: here they are in nobody's way.
self.addEventListener("message", ({ data }: MessageEvent<UploadRequest>) => void upload(data));

const tell = (message: UploadMessage): void => self.postMessage(message);

async function upload({ endpoint, region, credentials, functionName, file }: UploadRequest): Promise<void> {
  const requestHandler = new XhrHttpHandler({});
  requestHandler.on(XhrHttpHandler.EVENTS.UPLOAD_PROGRESS, (event: ProgressEvent) => {
    if (event.lengthComputable) tell({ kind: "progress", sentBytes: event.loaded, totalBytes: event.total });
  });
  const client = new LambdaClient({ endpoint, region, credentials, requestHandler, maxAttempts: 1 });
  try {
    const zip = new Uint8Array(await file.arrayBuffer());
    await client.send(new UpdateFunctionCodeCommand({ FunctionName: functionName, ZipFile: zip }));
    tell({ kind: "done" });
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { requestId?: string; httpStatusCode?: number } };
    tell({
      kind: "failed",
      error: {
        name,
        message,
        ...($metadata && { $metadata: { requestId: $metadata.requestId, httpStatusCode: $metadata.httpStatusCode } }),
      },
    });
  }
}
