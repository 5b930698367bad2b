import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { CreateRoleCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { clientsFor, startServerProcess, zipOf, type Clients, type ServerProcess } from "@mayfly/testkit";

const RoleName = "urls";

/** A server, and what the tests of function URLs do with it. */
export interface UrlWorld {
  readonly server: ServerProcess;
  readonly clients: Clients;
  /** A function that is ready, and its address; everybody may call it unless told otherwise. */
  create(
    FunctionName: string,
    source: string,
    url?: Partial<lambda.CreateFunctionUrlConfigCommandInput>,
    runtime?: lambda.Runtime,
  ): Promise<string>;
  close(): Promise<void>;
}

/** What a request is, beside its address. */
export interface Asking {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string | Buffer;
}

/** An answer as it came. */
export interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** Starts a server with a role for functions. */
export async function startUrlWorld(): Promise<UrlWorld> {
  const server = await startServerProcess();
  const clients = clientsFor(server);
  const policy = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
  const trust = { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" };
  const allowed = { Effect: "Allow", Action: "lambda:ListTags", Resource: "*" };
  await clients.iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(trust) }));
  await clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "tags", PolicyDocument: policy(allowed) }));
  return {
    server,
    clients,
    async create(FunctionName, source, url = {}, runtime = "nodejs24.x") {
      await createFunction(clients, FunctionName, source, runtime);
      const AuthType = url.AuthType ?? "NONE";
      const { FunctionUrl } = await clients.lambda.send(new lambda.CreateFunctionUrlConfigCommand({ FunctionName, ...url, AuthType }));
      if (AuthType === "NONE") await letEverybody(clients, FunctionName);
      return FunctionUrl!;
    },
    async close() {
      clients.destroy();
      await server.dispose();
    },
  };
}

/** Makes a function that is ready. */
export async function createFunction(clients: Clients, FunctionName: string, source: string, runtime: lambda.Runtime): Promise<void> {
  const file = runtime.startsWith("python") ? "index.py" : "index.js";
  await clients.lambda.send(
    new lambda.CreateFunctionCommand({
      FunctionName,
      Runtime: runtime,
      Role: `arn:aws:iam::123456789012:role/${RoleName}`,
      Handler: "index.handler",
      Timeout: 30,
      Code: { ZipFile: await zipOf({ [file]: source }) },
    }),
  );
  await lambda.waitUntilFunctionActiveV2({ client: clients.lambda, maxWaitTime: 30, minDelay: 0.02, maxDelay: 0.2 }, { FunctionName });
}

/** The two statements that the AWS console writes for a URL without authentication. */
export async function letEverybody({ lambda: client }: Clients, FunctionName: string, Qualifier?: string): Promise<void> {
  const base = { FunctionName, Principal: "*", ...(Qualifier !== undefined && { Qualifier }) };
  const url = { StatementId: "url", Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: "NONE" } as const;
  await client.send(new lambda.AddPermissionCommand({ ...base, ...url }));
  const invoke = { StatementId: "invoke", Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true };
  await client.send(new lambda.AddPermissionCommand({ ...base, ...invoke }));
}

/** Begins to ask. Names below `localhost` are loopback, which not every resolver knows. */
export function begin(url: string, { method = "GET", path = "/", headers = {}, body }: Asking = {}): Promise<IncomingMessage> {
  const { host, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const agent = new Agent({ keepAlive: false });
    const sent = request({ host: "127.0.0.1", port, method, path, headers: { host, ...headers } as Record<string, string>, agent });
    sent.once("response", resolve);
    sent.once("error", reject);
    sent.end(body);
  });
}

/** Asks, and reads the answer to its end. */
export async function ask(url: string, asking: Asking = {}): Promise<Answered> {
  const response = await begin(url, asking);
  return { status: response.statusCode, headers: response.headers, text: (await buffer(response)).toString() };
}

/** Asks with a signature of the client's. */
export async function askSigned({ lambda: client }: Clients, url: string, asking: Asking = {}): Promise<Answered> {
  const { host, hostname, port } = new URL(url);
  const signer = await client.config.signer();
  const { method = "GET", path = "/", headers = {}, body } = asking;
  const [pathname = "/", query = ""] = path.split("?");
  const signed = await signer.sign({
    method,
    protocol: "http:",
    hostname,
    port: Number(port),
    path: pathname,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: { ...headers, host },
    body,
  });
  return ask(url, { ...asking, headers: (signed as { headers: Record<string, string> }).headers });
}
