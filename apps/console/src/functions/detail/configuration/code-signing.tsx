import FormField from "@cloudscape-design/components/form-field";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import Select from "@cloudscape-design/components/select";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf, useAws } from "../../../api/hooks.ts";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { paths } from "../../../app/paths.ts";
import { configIdOf, policyTexts, useCodeSigningConfigs } from "../../../code-signing/config-facts.ts";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { Loaded } from "../../../shared/loaded.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { EditForm } from "./edit-form.tsx";
import type { SectionViewProps } from "./section.ts";
import { SectionView } from "./section-view.tsx";

const useOwnConfig = () => {
  const { functionName } = useCurrentFunction();
  return useAws("lambda", "GetFunctionCodeSigningConfig", { FunctionName: functionName });
};

/** Whose signatures the function's code must bear. */
export function CodeSigningView({ onEdit }: SectionViewProps) {
  const own = useOwnConfig();
  return (
    <SectionView title="Code signing" onEdit={onEdit}>
      <Loaded query={own}>
        {({ CodeSigningConfigArn: arn }) =>
          arn ? (
            <Config arn={arn} />
          ) : (
            <EmptyState title="No code signing">
              With a configuration, code is deployed only if whom you trust has signed it; or it is said that nobody did.
            </EmptyState>
          )
        }
      </Loaded>
    </SectionView>
  );
}

function Config({ arn }: { readonly arn: string }) {
  const config = useAws("lambda", "GetCodeSigningConfig", { CodeSigningConfigArn: arn });
  const { Description, CodeSigningPolicies } = config.data?.CodeSigningConfig ?? {};
  const policy = CodeSigningPolicies?.UntrustedArtifactOnDeployment;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: "Code signing configuration", value: <PageLink to={paths.codeSigningConfig(arn)}>{configIdOf(arn)}</PageLink> },
        { label: "Description", value: Description || "-" },
        { label: "Signature validation policy", value: policy ? policyTexts[policy] : "-" },
      ]}
    />
  );
}

/** Gives the function a configuration, or takes it away. */
export function CodeSigningEdit({ onDone }: { readonly onDone: () => void }) {
  const own = useOwnConfig();
  return <Loaded query={own}>{({ CodeSigningConfigArn: arn }) => <ConfigSelect now={arn || none} onDone={onDone} />}</Loaded>;
}

const none = "none";

function ConfigSelect({ now, onDone }: { readonly now: string; readonly onDone: () => void }) {
  const { functionName } = useCurrentFunction();
  const [arn, setArn] = useState(now);
  const cache = useQueryClient();
  const configs = useCodeSigningConfigs();
  const options = [
    { value: none, label: "None", description: "Any code can be deployed." },
    ...(configs.data ?? []).map(({ CodeSigningConfigArn = "", CodeSigningConfigId = "", Description, CodeSigningPolicies }) => ({
      value: CodeSigningConfigArn,
      label: CodeSigningConfigId,
      description: [CodeSigningPolicies?.UntrustedArtifactOnDeployment, Description].filter(Boolean).join(": "),
    })),
  ];
  const save = async (): Promise<void> => {
    if (arn === none) await send("lambda", "DeleteFunctionCodeSigningConfig", { FunctionName: functionName });
    else await send("lambda", "PutFunctionCodeSigningConfig", { FunctionName: functionName, CodeSigningConfigArn: arn });
    await Promise.all(
      ["GetFunctionCodeSigningConfig", "ListFunctionsByCodeSigningConfig"].map((operation) =>
        cache.invalidateQueries({ queryKey: keyOf("lambda", operation) }),
      ),
    );
  };
  const target = { "function-name": functionName };
  return (
    <EditForm
      title="Edit code signing"
      isValid
      onInvalid={() => undefined}
      save={save}
      commands={[
        arn === none
          ? cliCommand("lambda", "delete-function-code-signing-config", target)
          : cliCommand("lambda", "put-function-code-signing-config", { ...target, "code-signing-config-arn": arn }),
      ]}
      onDone={onDone}
    >
      <FormField
        label="Code signing configuration"
        description={<PageLink to={paths.codeSigning}>Code signing configurations</PageLink>}
        constraintText="It counts from the next deploy on; what is deployed stays."
      >
        <Select
          selectedOption={options.find(({ value }) => value === arn) ?? { value: arn, label: configIdOf(arn) }}
          options={options}
          statusType={configs.data ? "finished" : configs.error ? "error" : "loading"}
          loadingText="Loading configurations"
          errorText={configs.error ? problemOf(configs.error).message : ""}
          onChange={({ detail }) => setArn(detail.selectedOption.value ?? none)}
        />
      </FormField>
    </EditForm>
  );
}
