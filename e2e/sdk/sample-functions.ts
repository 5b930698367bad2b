import * as lambda from "@aws-sdk/client-lambda";
import { zipOf, type Clients } from "@mayfly/testkit";

/** The role that sample functions have. */
export const role = "arn:aws:iam::123456789012:role/execution_role";

/** A function whose package is one Python file. */
interface Sample extends Partial<Omit<lambda.CreateFunctionCommandInput, "Code">> {
  readonly code?: string;
}

/** What tests do to sample functions again and again. */
export function sampleFunctions(clients: Clients) {
  /** A Python function that is ready to be invoked. */
  async function createFunction(FunctionName: string, { code, ...input }: Sample = {}): Promise<lambda.CreateFunctionCommandOutput> {
    const created = await clients.lambda.send(
      new lambda.CreateFunctionCommand({
        FunctionName,
        Runtime: "python3.9",
        Role: role,
        Handler: "main.handler",
        Code: { ZipFile: await zipOf({ "main.py": code ?? "def handler(event, context):\n    return event\n" }) },
        ...input,
      }),
    );
    await active(FunctionName);
    return created;
  }

  async function active(FunctionName: string): Promise<void> {
    const waiter = { client: clients.lambda, maxWaitTime: 20, minDelay: 0.02, maxDelay: 0.2 };
    await lambda.waitUntilFunctionActiveV2(waiter, { FunctionName });
    await lambda.waitUntilFunctionUpdatedV2(waiter, { FunctionName });
  }

  async function invoke(FunctionName: string, event: unknown, input: Partial<lambda.InvokeCommandInput> = {}) {
    const answer = await clients.lambda.send(
      new lambda.InvokeCommand({ FunctionName, Payload: Buffer.from(JSON.stringify(event)), ...input }),
    );
    const text = Buffer.from(answer.Payload ?? []).toString();
    return { ...answer, text, log: Buffer.from(answer.LogResult ?? "", "base64").toString() };
  }
  return { createFunction, active, invoke };
}
