import Alert from "@cloudscape-design/components/alert";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { keyOf } from "../../../api/hooks.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { paths } from "../../../app/paths.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { useFocusInDialog } from "../../../shared/use-focus-in-dialog.ts";
import type { CodeSession } from "../code/code-session.ts";
import { codeSessionKey } from "../code/code-session-key.ts";
import { limits } from "../configuration/limits.ts";
import { useCurrentFunction } from "../function-context.ts";
import { useVersions } from "./use-versions.ts";

/** Publishes a version of what is deployed. */
export function PublishDialog({ onClose }: { readonly onClose: () => void }) {
  const { functionName, refresh } = useCurrentFunction();
  const versions = useVersions(functionName);
  const [description, setDescription] = useState("");
  const [unchanged, setUnchanged] = useState<string>();
  const field = useFocusInDialog();
  const flash = useFlash();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const isDirty = cache.getQueryData<CodeSession>(codeSessionKey(functionName))?.view.workspace.isDirty === true;
  const isTooLong = description.length > limits.descriptionCharacters;
  const publish = async (): Promise<unknown> => {
    setUnchanged(undefined);
    const request = { FunctionName: functionName, ...(description !== "" && { Description: description }) };
    // Lambda answers with the newest version where there is nothing to publish.
    const { data: before = [] } = await versions.refetch();
    const { Version = "" } = await send("lambda", "PublishVersion", request);
    await Promise.all([refresh(), cache.invalidateQueries({ queryKey: keyOf("lambda", "ListVersionsByFunction") })]);
    if (before.some((version) => version.Version === Version)) {
      setUnchanged(Version);
      return "stay";
    }
    flash.success(
      "version",
      `Published version ${Version} of the function ${functionName}. An alias gives it a name that callers can keep.`,
      {
        label: `View version ${Version}`,
        onClick: () => void navigate(paths.function(functionName, "code", Version)),
      },
    );
    return undefined;
  };
  return (
    <FormDialog
      title="Publish new version"
      action="Publish"
      isValid={!isTooLong}
      submit={publish}
      commands={[cliCommand("lambda", "publish-version", { "function-name": functionName, description: description || undefined })]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        <div key="what">A version is a copy of the function&apos;s code and configuration as they are now. It can&apos;t be changed.</div>
        {isDirty && (
          <Alert key="draft" type="warning">
            You have undeployed changes. They are not part of the version: deploy them first if they should be.
          </Alert>
        )}
        <FormField
          key="description"
          label="Description - optional"
          constraintText={`Up to ${limits.descriptionCharacters} characters`}
          errorText={isTooLong ? `Use at most ${limits.descriptionCharacters} characters.` : undefined}
        >
          <Input ref={field} value={description} onChange={({ detail }) => setDescription(detail.value)} />
        </FormField>
        {unchanged !== undefined && (
          <Alert key="unchanged" type="info" header="Nothing to publish">
            Neither code nor configuration has changed since{" "}
            <PageLink to={paths.function(functionName, "code", unchanged)}>version {unchanged}</PageLink>, which is the newest one and stays
            so.
          </Alert>
        )}
      </SpaceBetween>
    </FormDialog>
  );
}
