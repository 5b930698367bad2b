import * as aws from "@aws-sdk/client-lambda";
import { S3 } from "@aws-sdk/client-s3";
import { SNS } from "@aws-sdk/client-sns";
import { SQS } from "@aws-sdk/client-sqs";
import { clientsFor, startServerProcess, waitFor, zipOf, type Clients, type ServerProcess } from "@mayfly/testkit";

/** Where the runs happen: a server, and what they need again and again. */
export interface World {
  readonly server: ServerProcess;
  readonly clients: Clients;
  readonly lambda: aws.Lambda;
  readonly s3: S3;
  readonly sns: SNS;
  readonly sqs: SQS;
  /** A Node function that is Active; `body` is its handler's. */
  create(FunctionName: string, body?: string, more?: Partial<aws.CreateFunctionRequest>): Promise<aws.FunctionConfiguration>;
  /** Waits until an update is over. */
  settled(FunctionName: string): Promise<void>;
  /** What a function answers. */
  invoke(FunctionName: string, event?: unknown, Qualifier?: string): Promise<unknown>;
  /** The error of a call that must fail, as `Code: message`. */
  refusal(call: Promise<unknown>): Promise<string>;
  close(): Promise<void>;
}

/** The role that functions run as. */
export const roleArn = "arn:aws:iam::123456789012:role/execution_role";
/** A function's ARN. */
export const arnOf = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
/** A package with one handler. */
export const packageOf = (body: string): Promise<Buffer> =>
  zipOf({ "index.mjs": `export const handler = async (event, context) => { ${body} };` });

export async function openWorld(): Promise<World> {
  const server = await startServerProcess();
  const clients = clientsFor(server);
  const config = { endpoint: server.url, region: "us-east-1", maxAttempts: 1 };
  const lambda = new aws.Lambda({ ...config, credentials: { ...server.credentials } });
  const s3 = new S3({ ...config, forcePathStyle: true, credentials: { ...server.credentials } });
  const sns = new SNS({ ...config, credentials: { ...server.credentials } });
  const sqs = new SQS({ ...config, credentials: { ...server.credentials } });
  const configuration = (FunctionName: string) => lambda.getFunctionConfiguration({ FunctionName });
  return {
    server,
    clients,
    lambda,
    s3,
    sns,
    sqs,
    async create(FunctionName, body = "return event;", more = {}) {
      await lambda.createFunction({
        FunctionName,
        Runtime: "nodejs24.x",
        Role: roleArn,
        Handler: "index.handler",
        Code: { ZipFile: await packageOf(body) },
        ...more,
      });
      await waitFor(`${FunctionName} to be Active`, async () => (await configuration(FunctionName)).State === "Active");
      return configuration(FunctionName);
    },
    async settled(FunctionName) {
      await waitFor(`${FunctionName} to be updated`, async () => (await configuration(FunctionName)).LastUpdateStatus === "Successful");
    },
    async invoke(FunctionName, event = {}, Qualifier) {
      const { Payload } = await lambda.invoke({ FunctionName, Qualifier, Payload: JSON.stringify(event) });
      return JSON.parse(Buffer.from(Payload ?? []).toString()) as unknown;
    },
    refusal: (call) =>
      call.then(
        () => {
          throw new Error("The call was not refused.");
        },
        (error: unknown) => {
          if (!(error instanceof aws.LambdaServiceException)) throw error;
          return `${error.name}: ${error.message}`;
        },
      ),
    async close() {
      clients.destroy();
      lambda.destroy();
      s3.destroy();
      sns.destroy();
      sqs.destroy();
      await server.dispose();
    },
  };
}
