import { dataFolderOf } from "../config/options.ts";
import { callMayfly } from "./call-mayfly.ts";
import { keptView, replayView } from "./replay-view.ts";

/** What `mayfly replay` was told. */
export interface ReplayCommand {
  readonly requestId: string | undefined;
  readonly function: string;
  readonly qualifier?: string;
  readonly keep?: "on" | "off";
  readonly data?: string;
  readonly region?: string;
}

/** `mayfly replay`: lists a function's kept invocations, or runs one again and shows both runs; `--keep` says whether they are kept. Answers the exit code. */
export async function runReplay(command: ReplayCommand): Promise<number> {
  const { requestId, function: FunctionName, qualifier: Qualifier, region } = command;
  const folder = dataFolderOf(command.data);
  try {
    if (command.keep !== undefined) {
      const KeepInvocations = command.keep === "on";
      await callMayfly(folder, "PutFunctionReplayConfig", { FunctionName, KeepInvocations }, region);
      console.log(
        KeepInvocations ? `Invocations of ${FunctionName} are kept for a day from now on.` : `No invocation of ${FunctionName} is kept.`,
      );
    }
    if (requestId !== undefined) {
      const input = { FunctionName, RequestId: requestId, ...(Qualifier !== undefined && { Qualifier }) };
      console.log(replayView(await callMayfly(folder, "ReplayInvocation", input, region), process.stdout.columns ?? 120));
    } else if (command.keep === undefined) await list(folder, FunctionName, region);
    return 0;
  } catch (error) {
    console.error((error as Error).message);
    return 1;
  }
}

async function list(folder: string, FunctionName: string, region: string | undefined): Promise<void> {
  const { Invocations } = await callMayfly(folder, "ListKeptInvocations", { FunctionName }, region);
  if (Invocations.length > 0) {
    console.log(keptView(Invocations));
    return;
  }
  const { KeepInvocations } = await callMayfly(folder, "GetFunctionReplayConfig", { FunctionName }, region);
  console.log(
    KeepInvocations
      ? `${FunctionName} was not invoked within the last day.`
      : `Invocations of ${FunctionName} are not kept. \`mayfly replay --function ${FunctionName} --keep on\` keeps them from now on.`,
  );
}
