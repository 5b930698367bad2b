import type {
  ChangeMessageVisibilityBatchCommandInput,
  ChangeMessageVisibilityBatchCommandOutput,
  DeleteMessageBatchCommandInput,
  DeleteMessageBatchCommandOutput,
  GetQueueAttributesCommandInput,
  GetQueueAttributesCommandOutput,
  GetQueueUrlCommandInput,
  GetQueueUrlCommandOutput,
  ReceiveMessageCommandInput,
  ReceiveMessageCommandOutput,
  SendMessageCommandInput,
  SendMessageCommandOutput,
} from "@aws-sdk/client-sqs";

/** SQS at another endpoint, as Lambda needs it. */
export interface RemoteSqs {
  receiveMessage(input: ReceiveMessageCommandInput, signal: AbortSignal): Promise<ReceiveMessageCommandOutput>;
  deleteMessageBatch(input: DeleteMessageBatchCommandInput): Promise<DeleteMessageBatchCommandOutput>;
  changeMessageVisibilityBatch(input: ChangeMessageVisibilityBatchCommandInput): Promise<ChangeMessageVisibilityBatchCommandOutput>;
  sendMessage(input: SendMessageCommandInput): Promise<SendMessageCommandOutput>;
  getQueueUrl(input: GetQueueUrlCommandInput): Promise<GetQueueUrlCommandOutput>;
  getQueueAttributes(input: GetQueueAttributesCommandInput): Promise<GetQueueAttributesCommandOutput>;
}

/**
 * Connects by AWS's SDK, with the credentials of the environment. The SDK's client is loaded only now: most servers have no such endpoint, and it takes
 * more time and memory than all that a server needs of SQS.
 */
export async function connectSqs({ endpoint, region }: { readonly endpoint: string; readonly region: string }): Promise<RemoteSqs> {
  const sdk = await import("@aws-sdk/client-sqs");
  const client = new sdk.SQSClient({ endpoint, region, credentials: environmentCredentials(process.env), useQueueUrlAsEndpoint: false });
  return {
    receiveMessage: (input, abortSignal) => client.send(new sdk.ReceiveMessageCommand(input), { abortSignal }),
    deleteMessageBatch: (input) => client.send(new sdk.DeleteMessageBatchCommand(input)),
    changeMessageVisibilityBatch: (input) => client.send(new sdk.ChangeMessageVisibilityBatchCommand(input)),
    sendMessage: (input) => client.send(new sdk.SendMessageCommand(input)),
    getQueueUrl: (input) => client.send(new sdk.GetQueueUrlCommand(input)),
    getQueueAttributes: (input) => client.send(new sdk.GetQueueAttributesCommand(input)),
  };
}

function environmentCredentials(environment: NodeJS.ProcessEnv): {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
} {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error("An endpoint of SQS needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the server's environment.");
  }
  return {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
  };
}
