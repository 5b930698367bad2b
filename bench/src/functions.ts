import {
  CreateFunctionCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
  waitUntilFunctionUpdatedV2,
  type LambdaClient,
  type Runtime,
} from "@aws-sdk/client-lambda";
import { zipOf } from "@mayfly/testkit";

const role = "arn:aws:iam::123456789012:role/execution_role";

/** What the functions of the bench do: `echo` returns its event, `count` how often this environment was invoked. */
export type Program = "echo" | "count";

const sources: Readonly<Record<"nodejs" | "python", Readonly<Record<Program, string>>>> = {
  nodejs: {
    echo: "export const handler = async (event) => event;\n",
    count: "let count = 0;\nexport const handler = async () => ++count;\n",
  },
  python: {
    echo: "def handler(event, context):\n    return event\n",
    count: "count = 0\n\n\ndef handler(event, context):\n    global count\n    count += 1\n    return count\n",
  },
};

/** Makes a function that is ready to be invoked, and answers its name. */
export async function createFunction(client: LambdaClient, purpose: string, runtime: string, program: Program): Promise<string> {
  const FunctionName = `bench-${purpose}-${runtime.replace(".", "-")}`;
  const language = runtime.startsWith("nodejs") ? "nodejs" : "python";
  const file = language === "nodejs" ? "main.mjs" : "main.py";
  await client.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: runtime as Runtime,
      Role: role,
      Handler: "main.handler",
      Timeout: 30,
      Code: { ZipFile: await zipOf({ [file]: sources[language][program] }) },
    }),
  );
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.1 }, { FunctionName });
  return FunctionName;
}

/** Changes the configuration, so that the next invocation is a cold start. */
export async function makeCold(client: LambdaClient, FunctionName: string, round: number): Promise<void> {
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables: { ROUND: `${round}` } } }));
  await waitUntilFunctionUpdatedV2({ client, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.1 }, { FunctionName });
}

/** The path of Invoke. */
export const invokePath = (functionName: string): string => `/2015-03-31/functions/${functionName}/invocations`;
