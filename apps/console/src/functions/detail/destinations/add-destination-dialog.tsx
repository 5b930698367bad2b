import type { FunctionEventInvokeConfig } from "@aws-sdk/client-lambda";
import Alert from "@cloudscape-design/components/alert";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { FunctionSelect } from "../../function-select.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { policyFor, useHasPolicy } from "./destination-policy.ts";
import {
  changeCommand,
  changeEventInvokeConfig,
  conditionTexts,
  destinationsOf,
  shortNameOf,
  type DestinationCondition,
} from "./event-invoke-config.ts";

interface AddDestinationDialogProps {
  /** What is set now. */
  readonly config: FunctionEventInvokeConfig | null;
  readonly onClose: () => void;
}

const kinds = [
  { value: "lambda", label: "Lambda function" },
  ...["SQS queue", "SNS topic", "EventBridge event bus", "S3 bucket"].map((label) => ({
    value: label,
    label,
    disabled: true,
    disabledReason: "This server has no such service yet",
  })),
];

/** Lets word of asynchronous invocations go to a function, and on consent gives the execution role the permission that this needs. */
export function AddDestinationDialog({ config, onClose }: AddDestinationDialogProps) {
  const { functionName, qualifier, configuration } = useCurrentFunction();
  const [condition, setCondition] = useState<DestinationCondition>("OnFailure");
  const [arn, setArn] = useState("");
  const [isConsented, setConsented] = useState(true);
  const [isShown, setShown] = useState(false);
  const flash = useFlash();
  const cache = useQueryClient();
  const policy = policyFor(configuration.Role ?? "", arn);
  const hasPolicy = useHasPolicy(policy, arn !== "");
  const grants = isConsented && hasPolicy.data !== true;
  const replaced = destinationsOf(config).find((destination) => destination.condition === condition);
  const DestinationConfig = { [condition]: { Destination: arn } };
  const add = async (): Promise<void> => {
    if (grants) {
      await send("iam", "PutRolePolicy", policy);
      await cache.invalidateQueries({ queryKey: keyOf("iam") });
    }
    await changeEventInvokeConfig(functionName, qualifier, config !== null, { DestinationConfig });
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListFunctionEventInvokeConfigs") });
    flash.success("destination", `Events of ${functionName} go to ${shortNameOf(arn)}: ${conditionTexts[condition].toLowerCase()}.`);
  };
  return (
    <FormDialog
      title="Add destination"
      action="Add"
      isValid={arn !== ""}
      onInvalid={() => setShown(true)}
      submit={add}
      commands={[
        ...(grants
          ? [
              cliCommand("iam", "put-role-policy", {
                "role-name": policy.RoleName,
                "policy-name": arn === "" ? "NAME" : policy.PolicyName,
                "policy-document": policy.PolicyDocument,
              }),
            ]
          : []),
        cliCommand("lambda", changeCommand(config !== null), {
          "function-name": functionName,
          qualifier,
          "destination-config": DestinationConfig,
        }),
      ]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <FormField key="condition" label="Condition" description="Of an asynchronous invocation.">
          <RadioGroup
            value={condition}
            items={[
              { value: "OnFailure", label: "On failure", description: "After the last retry, or when the event is too old." },
              { value: "OnSuccess", label: "On success", description: "When the function has returned." },
            ]}
            onChange={({ detail }) => setCondition(detail.value as DestinationCondition)}
          />
        </FormField>
        <FormField key="kind" label="Destination type">
          <Select selectedOption={kinds[0] ?? null} options={kinds} onChange={() => undefined} />
        </FormField>
        <FunctionSelect
          key="destination"
          label="Destination"
          without={functionName}
          arn={arn}
          problem={isShown && arn === "" ? "Choose a function." : undefined}
          onChange={setArn}
        />
        {replaced && (
          <Alert key="replaced" type="warning">
            It takes the place of {shortNameOf(replaced.arn)}: there is one destination for each condition.
          </Alert>
        )}
        {arn !== "" && (
          <Permission
            key="permission"
            roleName={policy.RoleName}
            policyName={policy.PolicyName}
            has={hasPolicy.data}
            consent={isConsented}
            onConsent={setConsented}
          />
        )}
      </SpaceBetween>
    </FormDialog>
  );
}

interface PermissionProps {
  readonly roleName: string;
  readonly policyName: string;
  readonly has: boolean | undefined;
  readonly consent: boolean;
  readonly onConsent: (consent: boolean) => void;
}

function Permission({ roleName, policyName, has, consent, onConsent }: PermissionProps) {
  if (has)
    return (
      <Alert type="success">
        The execution role {roleName} may invoke it: it has the policy {policyName}.
      </Alert>
    );
  return (
    <FormField
      label="Permission"
      description={`Lambda sends the event as the execution role ${roleName}, which must be allowed to invoke the destination.`}
    >
      <Checkbox
        checked={consent}
        description={`Adds the inline policy ${policyName} to the role. Leave it out if the role has the permission already.`}
        onChange={({ detail }) => onConsent(detail.checked)}
      >
        Let the role invoke the function
      </Checkbox>
    </FormField>
  );
}
