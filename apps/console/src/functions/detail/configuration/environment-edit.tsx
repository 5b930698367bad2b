import SpaceBetween from "@cloudscape-design/components/space-between";
import Box from "@cloudscape-design/components/box";
import { useState } from "react";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { EditForm } from "./edit-form.tsx";
import { limits } from "./limits.ts";
import { PairsEditor, pairsOf, recordOf, type Pair } from "./pairs-editor.tsx";

const keyRule = /^[A-Za-z]\w+$/;

/** Names that the runtime sets itself. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
const reserved = new Set([
  "_HANDLER",
  "_X_AMZN_TRACE_ID",
  "AWS_DEFAULT_REGION",
  "AWS_REGION",
  "AWS_EXECUTION_ENV",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
  "AWS_LAMBDA_FUNCTION_VERSION",
  "AWS_LAMBDA_INITIALIZATION_TYPE",
  "AWS_LAMBDA_LOG_GROUP_NAME",
  "AWS_LAMBDA_LOG_STREAM_NAME",
  "AWS_ACCESS_KEY",
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_LAMBDA_RUNTIME_API",
  "LAMBDA_TASK_ROOT",
  "LAMBDA_RUNTIME_DIR",
]);

/** Edits the variables. */
export function EnvironmentEdit({ onDone }: { readonly onDone: () => void }) {
  const { functionName, configuration } = useCurrentFunction();
  const [pairs, setPairs] = useState<readonly Pair[]>(() => pairsOf(configuration.Environment?.Variables ?? {}));
  const [shown, setShown] = useState(false);
  const keyProblem = ({ key }: Pair, index: number): string | undefined => {
    if (!keyRule.test(key)) return "A key has at least two characters, begins with a letter, and holds letters, numbers and underscores.";
    if (reserved.has(key)) return `${key} is reserved: Lambda sets it itself.`;
    return pairs.findIndex((pair) => pair.key === key) < index ? "There is a variable of this key already." : undefined;
  };
  const bytes = new TextEncoder().encode(JSON.stringify(recordOf(pairs))).length;
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
          environment: { Variables: Object.fromEntries(pairs.map(({ key }) => [key, "..."])) },
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
