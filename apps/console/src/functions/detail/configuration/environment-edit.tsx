import SpaceBetween from "@cloudscape-design/components/space-between";
import Box from "@cloudscape-design/components/box";
import { useState } from "react";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { EditForm } from "./edit-form.tsx";
import { variableKeyProblem, variablesBytes } from "./environment-rules.ts";
import { limits } from "./limits.ts";
import { PairsEditor } from "./pairs-editor.tsx";
import { pairsOf, recordOf, type Pair } from "./pairs.ts";

/** Edits the variables. */
export function EnvironmentEdit({ onDone }: { readonly onDone: () => void }) {
  const { functionName, configuration } = useCurrentFunction();
  const [pairs, setPairs] = useState<readonly Pair[]>(() => pairsOf(configuration.Environment?.Variables ?? {}));
  const [shown, setShown] = useState(false);
  const keyProblem = (pair: Pair, index: number): string | undefined => variableKeyProblem(pair, index, pairs);
  const bytes = variablesBytes(recordOf(pairs));
  const isTooLarge = bytes > limits.environmentBytes;
  return (
    <EditForm
      title="Edit environment variables"
      isValid={!isTooLarge && pairs.every((pair, index) => keyProblem(pair, index) === undefined)}
      onInvalid={() => setShown(true)}
      save={() =>
        send("lambda", "UpdateFunctionConfiguration", {
          FunctionName: functionName,
          RevisionId: configuration.RevisionId,
          Environment: { Variables: recordOf(pairs) },
        })
      }
      commands={[
        cliCommand("lambda", "update-function-configuration", {
          "function-name": functionName,
          // With its values, as the form itself: what is left out would be lost when the command runs.
          environment: { Variables: recordOf(pairs) },
        }),
      ]}
      onDone={onDone}
    >
      <SpaceBetween size="s">
        <PairsEditor
          key="pairs"
          pairs={pairs}
          onChange={setPairs}
          noun="environment variable"
          keyProblem={(pair, index) => (shown || pair.key !== "" ? keyProblem(pair, index) : undefined)}
        />
        <Box key="size" color={isTooLarge ? "text-status-error" : "text-body-secondary"} fontSize="body-s">
          {bytes} of {limits.environmentBytes} bytes
          {isTooLarge ? ": too large. Keep large settings elsewhere, for example in a file of the code." : ""}
        </Box>
      </SpaceBetween>
    </EditForm>
  );
}
