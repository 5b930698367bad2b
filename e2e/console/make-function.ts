import { CreateFunctionCommand, GetFunctionConfigurationCommand, InvokeCommand } from "@aws-sdk/client-lambda";
import { zipOf, type Clients } from "@mayfly/testkit";
import { expect } from "@playwright/test";

const helloCode =
  "def lambda_handler(event, context):\n    print('hello', event)\n    return {'statusCode': 200, 'body': 'Hello, World!'}\n";

/** How the function is. */
export interface MakeFunctionOptions {
  /** By path in the package. Default: a lambda_function.py that says hello. */
  readonly files?: Readonly<Record<string, string>>;
  readonly runtime?: "python3.12" | "nodejs24.x";
  readonly handler?: string;
  /** ARN. Default: the one that every server has. */
  readonly role?: string;
  /** Invokes it once, so that it has a log. */
  readonly invoke?: boolean;
  readonly timeoutSeconds?: number;
}

/** Makes a function and waits until it is active; one of that name that is there already will do. */
export async function makeFunction({ lambda }: Clients, name: string, options: MakeFunctionOptions = {}): Promise<void> {
  const { files = { "lambda_function.py": helloCode }, runtime = "python3.12", handler = "lambda_function.lambda_handler" } = options;
  try {
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: name,
        Runtime: runtime,
        Handler: handler,
        Timeout: options.timeoutSeconds ?? 3,
        Role: options.role ?? "arn:aws:iam::123456789012:role/execution_role",
        Code: { ZipFile: await zipOf(files) },
      }),
    );
  } catch (error) {
    if ((error as Error).name !== "ResourceConflictException") throw error;
  }
  await expect.poll(async () => (await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }))).State).toBe("Active");
  if (options.invoke) await lambda.send(new InvokeCommand({ FunctionName: name }));
}
