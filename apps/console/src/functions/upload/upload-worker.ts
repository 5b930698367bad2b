import { LambdaClient, PublishLayerVersionCommand, UpdateFunctionCodeCommand } from "@aws-sdk/client-lambda";
import { XhrHttpHandler } from "@aws-sdk/xhr-http-handler";
import type { UploadMessage, UploadRequest, UploadTarget } from "./upload-messages.ts";

// Encoding and signing 50 MB takes seconds: here they are in nobody's way.
self.addEventListener("message", ({ data }: MessageEvent<UploadRequest>) => void upload(data));

const tell = (message: UploadMessage): void => self.postMessage(message);

async function upload({ endpoint, region, credentials, target, file }: UploadRequest): Promise<void> {
  const requestHandler = new XhrHttpHandler({});
  requestHandler.on(XhrHttpHandler.EVENTS.UPLOAD_PROGRESS, (event: ProgressEvent) => {
    if (event.lengthComputable) tell({ kind: "progress", sentBytes: event.loaded, totalBytes: event.total });
  });
  const client = new LambdaClient({ endpoint, region, credentials, requestHandler, maxAttempts: 1 });
  try {
    const zip = new Uint8Array(await file.arrayBuffer());
    tell({ kind: "done", version: await send(client, target, zip) });
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

/** @returns the version of a layer */
async function send(client: LambdaClient, target: UploadTarget, zip: Uint8Array): Promise<number | undefined> {
  if (target.kind === "layer")
    return (await client.send(new PublishLayerVersionCommand({ ...target.layer, Content: { ZipFile: zip } }))).Version;
  await client.send(new UpdateFunctionCodeCommand({ FunctionName: target.functionName, ZipFile: zip }));
  return undefined;
}
