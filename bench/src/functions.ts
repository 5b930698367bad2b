import {
  AddPermissionCommand,
  CreateFunctionCommand,
  CreateFunctionUrlConfigCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
  type FunctionUrlAuthType,
  type InvokeMode,
  type LambdaClient,
  type Runtime,
} from "@aws-sdk/client-lambda";
import { zipOf } from "@mayfly/testkit";

const role = "arn:aws:iam::123456789012:role/execution_role";

/** One vCPU: what a hello world can make use of. */
export const oneCpuMb = 1_769;

export type Language = "nodejs" | "python";

/**
 * What the functions of the bench do. `echo` returns its event, `log` writes a line, too; `count` answers how often this environment was invoked,
 * `hold` as well, after the HOLD_MS of its environment; `where` names its own pid namespace; those with `boto3` import that first; `body` returns its
 * event, or the body of a request to its URL; `stream` writes STREAM_BYTES in pieces of 64 KiB, `first` writes one byte and ends
 * 20 ms later; `delay` logs how long ago its event's message, or its object's key, says that it was sent.
 */
export type Program = "echo" | "log" | "count" | "hold" | "where" | "countBoto3" | "whereBoto3" | "body" | "stream" | "first" | "delay";

const pythonCount = "count = 0\n\n\ndef handler(event, context):\n    global count\n    count += 1\n    return count\n";
const pythonWhere = "import os\n\n\ndef handler(event, context):\n    return os.readlink('/proc/self/ns/pid')\n";

/** By language; what one lacks is never asked of it. */
const sources: Readonly<Record<Language, Readonly<Partial<Record<Program, string>>>>> = {
  nodejs: {
    echo: "exports.handler = async (event) => event;\n",
    log: 'exports.handler = async (event) => {\n  console.log("hello", event.n);\n  return event;\n};\n',
    count: "let count = 0;\nexports.handler = async () => ++count;\n",
    hold: `let count = 0;\nexports.handler = () => new Promise((resolve) => setTimeout(() => resolve(++count), process.env.HOLD_MS));\n`,
    where: 'const { readlinkSync } = require("node:fs");\nexports.handler = async () => readlinkSync("/proc/self/ns/pid");\n',
    body: "exports.handler = async (event) => event.body ?? event;\n",
    delay: `exports.handler = async ({ Records: [{ body, s3 }] }) => {
  const nowMs = performance.timeOrigin + performance.now();
  console.log("delay", (nowMs - Number(body ?? s3.object.key)).toFixed(3));
};
`,
    first: `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  stream.write("x");
  await new Promise((resolve) => setTimeout(resolve, 20));
  stream.end();
});
`,
    stream: `const { once } = require("node:events");
const piece = Buffer.alloc(65536, "x");
exports.handler = awslambda.streamifyResponse(async (event, stream) => {
  for (let left = Number(process.env.STREAM_BYTES); left > 0; left -= piece.length)
    if (!stream.write(left < piece.length ? piece.subarray(0, left) : piece)) await once(stream, "drain");
  stream.end();
});
`,
  },
  python: {
    echo: "def handler(event, context):\n    return event\n",
    log: "def handler(event, context):\n    print('hello', event['n'])\n    return event\n",
    count: pythonCount,
    hold: `import os, time\n\n${pythonCount.replace("    count += 1\n", "    time.sleep(int(os.environ['HOLD_MS']) / 1000)\n    count += 1\n")}`,
    where: pythonWhere,
    body: "def handler(event, context):\n    return event.get('body', event)\n",
    countBoto3: `import boto3\n\n${pythonCount}`,
    whereBoto3: `import boto3\n${pythonWhere}`,
  },
};

/** The language of a runtime. */
const languageOf = (runtime: string): Language => (runtime.startsWith("nodejs") ? "nodejs" : "python");

/** A program's file and its text. */
export function sourceOf(language: Language, program: Program): { readonly file: string; readonly text: string } {
  const text = sources[language][program];
  if (text === undefined) throw new Error(`There is no ${program} in ${language}.`);
  return { file: language === "nodejs" ? "main.js" : "main.py", text };
}

/** What a function is made with, beside its code. */
export interface FunctionOptions {
  readonly memoryMb?: number;
  readonly variables?: Readonly<Record<string, string>>;
}

const patience = { maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.1 };

/** Makes a function that is ready to be invoked, and answers its name. */
export async function createFunction(
  client: LambdaClient,
  purpose: string,
  runtime: string,
  program: Program,
  { memoryMb = oneCpuMb, variables = {} }: FunctionOptions = {},
): Promise<string> {
  const FunctionName = `bench-${purpose}-${program}-${runtime.replace(".", "-")}`;
  const { file, text } = sourceOf(languageOf(runtime), program);
  await client.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: runtime as Runtime,
      Role: role,
      Handler: "main.handler",
      Timeout: 60,
      MemorySize: memoryMb,
      Environment: { Variables: variables },
      Code: { ZipFile: await zipOf({ [file]: text }) },
    }),
  );
  await waitUntilFunctionActiveV2({ client, ...patience }, { FunctionName });
  return FunctionName;
}

/** Changes the configuration, so that the next invocation is a cold start. */
export async function makeCold(client: LambdaClient, FunctionName: string, round: number): Promise<void> {
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Description: `round ${round}` }));
  await waitUntilFunctionUpdatedV2({ client, ...patience }, { FunctionName });
}

/** Gives a function a URL, without authentication open to everybody, and answers its host. */
export async function createUrl(
  client: LambdaClient,
  FunctionName: string,
  AuthType: FunctionUrlAuthType,
  InvokeMode: InvokeMode = "BUFFERED",
): Promise<string> {
  const { FunctionUrl = "" } = await client.send(new CreateFunctionUrlConfigCommand({ FunctionName, AuthType, InvokeMode }));
  if (AuthType === "NONE") {
    const url = { Action: "lambda:InvokeFunctionUrl", FunctionUrlAuthType: AuthType };
    const invoke = { Action: "lambda:InvokeFunction", InvokedViaFunctionUrl: true };
    for (const [StatementId, permission] of Object.entries({ url, invoke }))
      await client.send(new AddPermissionCommand({ FunctionName, StatementId, Principal: "*", ...permission }));
  }
  return new URL(FunctionUrl).host;
}

/** The path of InvokeWithResponseStream. */
export const streamPath = (functionName: string): string => `/2021-11-15/functions/${functionName}/response-streaming-invocations`;

/** The path of Invoke. */
export const invokePath = (functionName: string): string => `/2015-03-31/functions/${functionName}/invocations`;
