import { InvokeCommand } from "@aws-sdk/client-lambda";
import type { InterpretedRuntime } from "@mayfly/runtimes";
import type { Bench } from "./bench.ts";
import { createFunction } from "./functions.ts";

const known = new WeakMap<Bench, Promise<boolean>>();

/** Whether functions of the runtime can import boto3: one tries. Notes it if not. */
export function hasBoto3(bench: Bench, python: InterpretedRuntime): Promise<boolean> {
  const answer = known.get(bench) ?? ask(bench, python);
  known.set(bench, answer);
  return answer;
}

async function ask(bench: Bench, python: InterpretedRuntime): Promise<boolean> {
  const FunctionName = await createFunction(bench.lambda(), "probe", python.runtime, "countBoto3");
  const { FunctionError, Payload } = await bench.lambda().send(new InvokeCommand({ FunctionName }));
  if (FunctionError === undefined) return true;
  const { errorMessage } = JSON.parse(Buffer.from(Payload ?? []).toString()) as { errorMessage?: string };
  bench.note(`boto3: functions of ${python.runtime} have none (${errorMessage ?? FunctionError})`);
  return false;
}
