import type { AliasConfiguration } from "@aws-sdk/client-lambda";
import FormField from "@cloudscape-design/components/form-field";
import Input from "@cloudscape-design/components/input";
import Select from "@cloudscape-design/components/select";
import SpaceBetween from "@cloudscape-design/components/space-between";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { keyOf } from "../../../api/hooks.ts";
import { problemOf } from "../../../api/problem.ts";
import { send } from "../../../api/send.ts";
import { useFlash } from "../../../app/flash.tsx";
import { paths } from "../../../app/paths.ts";
import { cliCommand } from "../../../shared/equivalent-cli.tsx";
import { FormDialog } from "../../../shared/form-dialog.tsx";
import { useFocusInDialog } from "../../../shared/use-focus-in-dialog.ts";
import { useCurrentFunction } from "../function-context.ts";
import { useVersions } from "../versions/use-versions.ts";
import { fieldsOf, problemsOf, requestOf, type AliasFields } from "./alias-form.ts";
import { WeightFields } from "./weight-fields.tsx";

interface AliasDialogProps {
  /** The one to be edited; absent: a new one. */
  readonly alias?: AliasConfiguration;
  /** Where a new one is to lead. Default: the newest version, else $LATEST. */
  readonly version?: string | undefined;
  readonly onClose: () => void;
}

/** Makes an alias, or changes where one leads. */
export function AliasDialog({ alias, version, onClose }: AliasDialogProps) {
  const { functionName } = useCurrentFunction();
  const versions = useVersions(functionName);
  const [typed, setTyped] = useState<Partial<AliasFields>>({});
  const [isShown, setShown] = useState(false);
  const focused = useFocusInDialog();
  const save = useSave(alias);
  const fields = { ...fieldsOf(alias, version ?? versions.data?.[0]?.Version ?? (versions.data ? "$LATEST" : "")), ...typed };
  const set = (change: Partial<AliasFields>): void => setTyped((now) => ({ ...now, ...change }));
  const problems = problemsOf(fields);
  const shown = (name: keyof typeof problems): string | undefined => (isShown ? problems[name] : undefined);
  const options = [...(versions.data ?? []).map(({ Version = "", Description }) => optionOf(Version, Description)), optionOf("$LATEST")];
  const request = requestOf(functionName, fields);
  return (
    <FormDialog
      title={alias ? `Edit alias ${alias.Name}` : "Create alias"}
      action={alias ? "Save" : "Create"}
      isValid={Object.values(problems).every((problem) => problem === undefined)}
      onInvalid={() => setShown(true)}
      submit={() => save(request)}
      commands={[
        cliCommand("lambda", alias ? "update-alias" : "create-alias", {
          "function-name": functionName,
          name: fields.name || "NAME",
          "function-version": fields.version,
          description: fields.description || (alias?.Description ? "" : undefined),
          "routing-config": alias || fields.additionalVersion !== "" ? request.RoutingConfig : undefined,
        }),
      ]}
      onClose={onClose}
    >
      <SpaceBetween size="m">
        {!alias && (
          <FormField key="name" label="Name" description="What callers call: it stays while the versions change." errorText={shown("name")}>
            <Input
              ref={focused}
              value={fields.name}
              placeholder="live"
              spellcheck={false}
              onChange={({ detail }) => set({ name: detail.value })}
            />
          </FormField>
        )}
        <FormField key="description" label="Description - optional" errorText={shown("description")}>
          <Input
            {...(alias && { ref: focused })}
            value={fields.description}
            onChange={({ detail }) => set({ description: detail.value })}
          />
        </FormField>
        <FormField key="version" label="Version" errorText={shown("version")}>
          <Select
            selectedOption={options.find(({ value }) => value === fields.version) ?? null}
            options={options}
            placeholder="Choose a version"
            filteringType="auto"
            filteringAriaLabel="Find a version"
            statusType={versions.data ? "finished" : versions.error ? "error" : "loading"}
            loadingText="Loading versions"
            errorText={versions.error ? problemOf(versions.error).message : ""}
            recoveryText="Try again"
            onLoadItems={() => {
              if (versions.error) void versions.refetch();
            }}
            onChange={({ detail }) => set({ version: detail.selectedOption.value ?? "" })}
          />
        </FormField>
        <WeightFields
          key="weight"
          fields={fields}
          options={options.filter(({ value }) => value !== fields.version && value !== "$LATEST")}
          problems={problems}
          onChange={set}
        />
      </SpaceBetween>
    </FormDialog>
  );
}

const optionOf = (version: string, description?: string) => ({
  value: version,
  label: version === "$LATEST" ? version : `Version ${version}`,
  ...(description && { description }),
});

function useSave(alias: AliasConfiguration | undefined): (request: ReturnType<typeof requestOf>) => Promise<void> {
  const { functionName, refresh } = useCurrentFunction();
  const cache = useQueryClient();
  const flash = useFlash();
  const navigate = useNavigate();
  return async (request) => {
    if (alias) await send("lambda", "UpdateAlias", { ...request, RevisionId: alias.RevisionId });
    else await send("lambda", "CreateAlias", request);
    await Promise.all([
      refresh(),
      cache.invalidateQueries({ queryKey: keyOf("lambda", "ListAliases") }),
      cache.invalidateQueries({ queryKey: keyOf("lambda", "GetAlias") }),
    ]);
    flash.success(
      "alias",
      alias ? `Saved the alias ${request.Name}: calls go where it leads from now on.` : `Created the alias ${request.Name}.`,
      { label: "Test the alias", onClick: () => void navigate(paths.function(functionName, "test", request.Name)) },
    );
  };
}
