import type { FunctionUrlConfig } from "@aws-sdk/client-lambda";
import Alert from "@cloudscape-design/components/alert";
import Checkbox from "@cloudscape-design/components/checkbox";
import FormField from "@cloudscape-design/components/form-field";
import RadioGroup from "@cloudscape-design/components/radio-group";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { keyOf } from "../../../api/hooks.ts";
import { Loaded } from "../../../shared/loaded.tsx";
import { EditForm } from "../configuration/edit-form.tsx";
import { useCurrentFunction } from "../function-context.ts";
import { CorsFields } from "./cors-fields.tsx";
import { corsOf, corsProblems, draftOf } from "./cors-draft.ts";
import { saveCommands, saveUrl, useUrlConfig, type UrlSettings } from "./url-config.ts";

/** Makes the function's URL, or changes it. */
export function FunctionUrlEdit({ onDone }: { readonly onDone: () => void }) {
  const query = useUrlConfig();
  return <Loaded query={query}>{(config) => <UrlForm config={config} onDone={onDone} />}</Loaded>;
}

function UrlForm({ config, onDone }: { readonly config: FunctionUrlConfig | null; readonly onDone: () => void }) {
  const current = useCurrentFunction();
  const [AuthType, setAuthType] = useState<UrlSettings["AuthType"]>(config?.AuthType ?? "AWS_IAM");
  const [InvokeMode, setInvokeMode] = useState<UrlSettings["InvokeMode"]>(config?.InvokeMode ?? "BUFFERED");
  const [isOpenToAll, setOpenToAll] = useState(true);
  const [hasCors, setHasCors] = useState(config?.Cors !== undefined);
  const [draft, setDraft] = useState(draftOf(config?.Cors));
  const [isShown, setShown] = useState(false);
  const cache = useQueryClient();
  const problems = hasCors ? corsProblems(draft) : {};
  const settings: UrlSettings = { AuthType, InvokeMode, Cors: hasCors ? corsOf(draft) : undefined };
  const isPublic = AuthType === "NONE" && isOpenToAll && config?.AuthType !== "NONE";
  return (
    <EditForm
      title={config === null ? "Create function URL" : "Edit function URL"}
      isValid={Object.keys(problems).length === 0}
      onInvalid={() => setShown(true)}
      save={async () => {
        await saveUrl(current, config !== null, settings, isPublic);
        await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListFunctionUrlConfigs") });
      }}
      commands={saveCommands(current, config !== null, settings, isPublic)}
      onDone={onDone}
    >
      <SpaceBetween size="l">
        <FormField key="auth" label="Auth type">
          <RadioGroup
            value={AuthType}
            items={[
              { value: "AWS_IAM", label: "AWS_IAM", description: "Only signed requests of users and roles that may invoke it." },
              { value: "NONE", label: "NONE", description: "Requests are not asked who they are from." },
            ]}
            onChange={({ detail }) => setAuthType(detail.value as UrlSettings["AuthType"])}
          />
        </FormField>
        {AuthType === "NONE" && config?.AuthType !== "NONE" && (
          <SpaceBetween key="public" size="xs">
            <Checkbox
              key="open"
              checked={isOpenToAll}
              description="Two statements are added to the function's resource policy. Without them every request is refused."
              onChange={({ detail }) => setOpenToAll(detail.checked)}
            >
              Let everybody invoke the URL
            </Checkbox>
            {isOpenToAll && (
              <Alert key="warning" type="warning">
                Whoever reaches this server can then run the function.
              </Alert>
            )}
          </SpaceBetween>
        )}
        <FormField key="mode" label="Invoke mode">
          <RadioGroup
            value={InvokeMode}
            items={[
              { value: "BUFFERED", label: "BUFFERED", description: "The response goes out when the function has returned, up to 6 MB." },
              { value: "RESPONSE_STREAM", label: "RESPONSE_STREAM", description: "The response goes out as the function writes it." },
            ]}
            onChange={({ detail }) => setInvokeMode(detail.value as UrlSettings["InvokeMode"])}
          />
        </FormField>
        <Checkbox
          key="cors"
          checked={hasCors}
          description="Which pages of other origins may call the URL, and what they may see. It takes the place of headers of the function's."
          onChange={({ detail }) => setHasCors(detail.checked)}
        >
          Configure cross-origin resource sharing (CORS)
        </Checkbox>
        {hasCors && <CorsFields key="cors-fields" draft={draft} problems={isShown ? problems : {}} onChange={setDraft} />}
      </SpaceBetween>
    </EditForm>
  );
}
