import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { TopicSelect } from "../../../sns/topic-select.tsx";
import { QueueSelect } from "../../../sqs/queue-select.tsx";
import { policyCommand, policyFor, useHasPolicy, type DestinationPolicy } from "../destinations/destination-policy.ts";
import { publishPermissionTexts, RolePermission, sendPermissionTexts } from "../destinations/role-permission.tsx";
import { useCurrentFunction } from "../function-context.ts";

/** Where it is. */
type DeadLetterKind = "none" | "sqs" | "sns";

const kindOf = (arn: string): DeadLetterKind => (arn === "" ? "none" : arn.split(":")[2] === "sns" ? "sns" : "sqs");

/** A function's dead-letter queue as its form has it. */
interface DeadLetter {
  readonly kind: DeadLetterKind;
  /** Empty: none is chosen yet. */
  readonly arn: string;
  readonly change: (change: { readonly kind?: DeadLetterKind; readonly arn?: string }) => void;
  readonly problem: string | undefined;
  readonly policy: DestinationPolicy;
  readonly hasPolicy: boolean | undefined;
  readonly isConsented: boolean;
  readonly consent: (consent: boolean) => void;
  /** Does nothing if it is as it was. */
  readonly save: () => Promise<void>;
  readonly commands: readonly string[];
}

/** Where the events of a function go that failed for good, as they were. */
export function useDeadLetter(): DeadLetter {
  const { functionName, configuration } = useCurrentFunction();
  const now = configuration.DeadLetterConfig?.TargetArn ?? "";
  const [{ kind, arn }, setDraft] = useState({ kind: kindOf(now), arn: now });
  const [isConsented, setConsented] = useState(true);
  const cache = useQueryClient();
  const target = kind === "none" ? "" : arn;
  const isChanged = target !== now;
  const policy = policyFor(configuration.Role ?? "", target);
  const hasPolicy = useHasPolicy(policy, target !== "");
  const grants = isChanged && target !== "" && isConsented && hasPolicy.data !== true;
  const save = async (): Promise<void> => {
    if (!isChanged) return;
    if (grants) {
      await send("iam", "PutRolePolicy", policy);
      await cache.invalidateQueries({ queryKey: keyOf("iam") });
    }
    await send("lambda", "UpdateFunctionConfiguration", { FunctionName: functionName, DeadLetterConfig: { TargetArn: target } });
  };
  const update = { "function-name": functionName, "dead-letter-config": { TargetArn: target } };
  return {
    kind,
    arn,
    change: (change) => setDraft((draft) => ({ ...draft, ...change })),
    problem: kind === "none" || arn !== "" ? undefined : kind === "sns" ? "Choose a topic." : "Choose a queue.",
    policy,
    hasPolicy: hasPolicy.data,
    isConsented,
    consent: setConsented,
    save,
    commands: isChanged ? [...(grants ? [policyCommand(policy)] : []), cliCommand("lambda", "update-function-configuration", update)] : [],
  };
}

/** The fields of a dead-letter queue. */
export function DeadLetterFields({ deadLetter, isShown }: { readonly deadLetter: DeadLetter; readonly isShown: boolean }) {
  const { kind, arn, change, problem, policy, hasPolicy, isConsented, consent } = deadLetter;
  return (
    <SpaceBetween size="m">
      <FormField key="service" label="Dead-letter queue service" description="An event that failed for good goes there as it was.">
        <RadioGroup
          value={kind}
          items={[
            { value: "none", label: "None" },
            { value: "sqs", label: "Amazon SQS" },
            { value: "sns", label: "Amazon SNS" },
          ]}
          onChange={({ detail }) => change({ kind: detail.value as DeadLetterKind, arn: "" })}
        />
      </FormField>
      {kind === "sns" && (
        <TopicSelect
          key="topic"
          label="Dead-letter topic"
          description="A standard topic."
          isStandard
          arn={arn}
          problem={isShown ? problem : undefined}
          onChange={(next) => change({ arn: next })}
        />
      )}
      {kind === "sqs" && (
        <QueueSelect
          key="queue"
          label="Dead-letter queue"
          description="A standard queue."
          isFifo={false}
          arn={arn}
          problem={isShown ? problem : undefined}
          onChange={(next) => change({ arn: next })}
        />
      )}
      {kind !== "none" && arn !== "" && (
        <RolePermission
          key="permission"
          policy={policy}
          texts={(kind === "sns" ? publishPermissionTexts : sendPermissionTexts)(policy.RoleName)}
          has={hasPolicy}
          consent={isConsented}
          onConsent={consent}
        />
      )}
    </SpaceBetween>
  );
}
