import type { FunctionEventInvokeConfig } from "@aws-sdk/client-lambda";
import Alert from "@cloudscape-design/components/alert";
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
import { BucketSelect } from "../../../s3/bucket-select.tsx";
import { bucketArn, bucketNameOf } from "../../../s3/bucket.ts";
import { TopicSelect } from "../../../sns/topic-select.tsx";
import { QueueSelect } from "../../../sqs/queue-select.tsx";
import { FunctionSelect } from "../../function-select.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { policyCommand, policyFor, useHasPolicy } from "./destination-policy.ts";
import {
  changeCommand,
  changeEventInvokeConfig,
  conditionTexts,
  destinationsOf,
  shortNameOf,
  type DestinationCondition,
} from "./event-invoke-config.ts";
import {
  publishPermissionTexts,
  RolePermission,
  sendPermissionTexts,
  writePermissionTexts,
  type PermissionTexts,
} from "./role-permission.tsx";

interface AddDestinationDialogProps {
  /** What is set now. */
  readonly config: FunctionEventInvokeConfig | null;
  readonly onClose: () => void;
}

type Kind = "lambda" | "sqs" | "sns" | "s3";

const kinds = [
  { value: "lambda", label: "Lambda function" },
  { value: "sqs", label: "SQS queue" },
  { value: "sns", label: "SNS topic" },
  { value: "s3", label: "S3 bucket", description: "Of failures only" },
  { value: "EventBridge event bus", label: "EventBridge event bus", disabled: true, disabledReason: "This server has no such service yet" },
];

const permissionTexts: Readonly<Record<Kind, (roleName: string) => PermissionTexts>> = {
  lambda: (roleName) => ({
    may: "may invoke it",
    need: `Lambda sends the event as the execution role ${roleName}, which must be allowed to invoke the destination.`,
    consent: "Let the role invoke the function",
  }),
  sqs: sendPermissionTexts,
  sns: publishPermissionTexts,
  s3: writePermissionTexts,
};

/** Lets word of asynchronous invocations go to a function, a queue, a topic or a bucket, and on consent gives the execution role the permission that this needs. */
export function AddDestinationDialog({ config, onClose }: AddDestinationDialogProps) {
  const { functionName, qualifier, configuration } = useCurrentFunction();
  const [condition, setCondition] = useState<DestinationCondition>("OnFailure");
  const [kind, setKind] = useState<Kind>("lambda");
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
        ...(grants && arn !== "" ? [policyCommand(policy)] : []),
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
              {
                value: "OnSuccess",
                label: "On success",
                description: kind === "s3" ? "A bucket takes records of failures only." : "When the function has returned.",
                disabled: kind === "s3",
              },
            ]}
            onChange={({ detail }) => setCondition(detail.value as DestinationCondition)}
          />
        </FormField>
        <FormField key="kind" label="Destination type">
          <Select
            selectedOption={kinds.find(({ value }) => value === kind) ?? null}
            options={kinds}
            onChange={({ detail }) => {
              const next = detail.selectedOption.value as Kind;
              setKind(next);
              if (next === "s3") setCondition("OnFailure");
              setArn("");
            }}
          />
        </FormField>
        <DestinationField key={kind} kind={kind} arn={arn} isShown={isShown} onChange={setArn} />
        {replaced && (
          <Alert key="replaced" type="warning">
            It takes the place of {shortNameOf(replaced.arn)}: there is one destination for each condition.
          </Alert>
        )}
        {arn !== "" && (
          <RolePermission
            key="permission"
            policy={policy}
            texts={permissionTexts[kind](policy.RoleName)}
            has={hasPolicy.data}
            consent={isConsented}
            onConsent={setConsented}
          />
        )}
      </SpaceBetween>
    </FormDialog>
  );
}

interface DestinationFieldProps {
  readonly kind: Kind;
  readonly arn: string;
  /** Somebody has tried to go on. */
  readonly isShown: boolean;
  readonly onChange: (arn: string) => void;
}

const nouns: Readonly<Record<Kind, string>> = { lambda: "function", sqs: "queue", sns: "topic", s3: "bucket" };

/** Chooses a destination of a kind. */
function DestinationField({ kind, arn, isShown, onChange }: DestinationFieldProps) {
  const { functionName } = useCurrentFunction();
  const problem = isShown && arn === "" ? `Choose a ${nouns[kind]}.` : undefined;
  const field = { label: "Destination", arn, problem, onChange };
  if (kind === "lambda") return <FunctionSelect without={functionName} {...field} />;
  if (kind === "sns") return <TopicSelect description="A standard topic." isStandard {...field} />;
  if (kind === "sqs") return <QueueSelect description="A standard queue." isFifo={false} {...field} />;
  return (
    <BucketSelect
      label="Destination"
      description="Each record is an object of its own, under aws/lambda/async/."
      bucket={arn === "" ? "" : bucketNameOf(arn)}
      problem={problem}
      onChange={(bucket) => onChange(bucketArn(bucket))}
    />
  );
}
