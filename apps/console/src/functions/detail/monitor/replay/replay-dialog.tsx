import Alert from "@cloudscape-design/components/alert";
import Box from "@cloudscape-design/components/box";
import Button from "@cloudscape-design/components/button";
import ExpandableSection from "@cloudscape-design/components/expandable-section";
import FormField from "@cloudscape-design/components/form-field";
import Modal from "@cloudscape-design/components/modal";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { KeptInvocation } from "@mayfly/wire/mayfly";
import { useState } from "react";
import { keyOf, useAws, useAwsMutation } from "../../../../api/hooks.ts";
import { problemOf } from "../../../../api/problem.ts";
import { EquivalentCli } from "../../../../shared/equivalent-cli.tsx";
import { formatTime } from "../../../../shared/format.ts";
import { Loaded } from "../../../../shared/loaded.tsx";
import { prettyJson } from "../../test/pretty-json.ts";
import { LogLines } from "../../test/log-lines.tsx";
import { useAliases, useVersions } from "../../versions/use-versions.ts";
import { TwoRuns } from "./two-runs.tsx";

interface ReplayDialogProps {
  readonly functionName: string;
  readonly invocation: KeptInvocation;
  readonly onClose: () => void;
}

const latest = "$LATEST";

/** A kept invocation, run again on a version of one's choice, beside what it was. */
export function ReplayDialog({ functionName, invocation, onClose }: ReplayDialogProps) {
  const { RequestId } = invocation;
  const FunctionName = functionName;
  const [qualifier, setQualifier] = useState(latest);
  const versions = useVersions(functionName);
  const aliases = useAliases(functionName);
  const kept = useAws("mayfly", "GetKeptInvocation", { FunctionName, RequestId });
  const replay = useAwsMutation("mayfly", "ReplayInvocation", [keyOf("mayfly", "ListKeptInvocations")]);
  const options = [
    { value: latest, label: latest },
    ...(aliases.data ?? []).map(({ Name = "" }) => ({ value: Name, label: `Alias ${Name}` })),
    ...(versions.data ?? []).map(({ Version = "" }) => ({ value: Version, label: `Version ${Version}` })),
  ];
  return (
    <Modal
      visible
      size="max"
      header={`Replay the invocation of ${formatTime(invocation.InvokedAt)}`}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="close" variant="link" onClick={onClose}>
              Close
            </Button>
            <Button
              key="run"
              variant="primary"
              loading={replay.isPending}
              loadingText="Running"
              onClick={() => replay.mutate({ FunctionName, RequestId, Qualifier: qualifier })}
            >
              {replay.data ? "Run again" : "Replay"}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <FormField
          key="qualifier"
          label="Version or alias"
          description="The event is sent to it, as you: whatever the function does, it does again."
        >
          <Select
            selectedOption={options.find(({ value }) => value === qualifier) ?? { value: qualifier, label: qualifier }}
            options={options}
            onChange={({ detail }) => setQualifier(detail.selectedOption.value ?? latest)}
          />
        </FormField>
        {replay.error && (
          <Alert key="error" type="error" header="The invocation was not run">
            {problemOf(replay.error).message}
          </Alert>
        )}
        <Loaded key="kept" query={kept} subject={`invocation ${RequestId}`}>
          {({ Invocation }) => (
            <SpaceBetween size="m">
              <ExpandableSection key="event" headerText="Event">
                <LogLines text={prettyJson(Invocation.Event)} functionName={functionName} label="Event" />
              </ExpandableSection>
              <TwoRuns key="runs" functionName={functionName} original={Invocation} replay={replay.data?.Replay} />
            </SpaceBetween>
          )}
        </Loaded>
        <EquivalentCli key="cli" commands={[`npx mayfly replay ${RequestId} --function ${functionName} --qualifier '${qualifier}'`]} />
      </SpaceBetween>
    </Modal>
  );
}
