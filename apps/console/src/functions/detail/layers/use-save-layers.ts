import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { useCurrentFunction } from "../function-context.ts";

/** Gives the function these layers, in this order. */
export function useSaveLayers(): (arns: readonly string[]) => Promise<void> {
  const { functionName, configuration, refresh } = useCurrentFunction();
  const flash = useFlash();
  return async (arns) => {
    await send("lambda", "UpdateFunctionConfiguration", {
      FunctionName: functionName,
      RevisionId: configuration.RevisionId,
      Layers: [...arns],
    });
    await refresh();
    flash.success("layers", `Successfully updated the layers of the function ${functionName}. Choose Test to run it with them.`);
  };
}

/** What the aws CLI would be told. */
export const layersCommand = (functionName: string, arns: readonly string[]): string =>
  cliCommand("lambda", "update-function-configuration", { "function-name": functionName, layers: arns });
