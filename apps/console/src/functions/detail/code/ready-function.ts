import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { send } from "../../../api/send.ts";

/** A deployed function is asked for this often until it is ready. Milliseconds. */
const readyPollMs = 60;
const mostReadyPolls = 200;

/** The function once no update is under way, or after 12 s as it is. */
export async function readyFunction(FunctionName: string): Promise<FunctionConfiguration> {
  for (let polls = 0; ; polls += 1) {
    const configuration = await send("lambda", "GetFunctionConfiguration", { FunctionName });
    const isBusy = configuration.State === "Pending" || configuration.LastUpdateStatus === "InProgress";
    if (!isBusy || polls > mostReadyPolls) return configuration;
    await new Promise((resolve) => setTimeout(resolve, readyPollMs));
  }
}
