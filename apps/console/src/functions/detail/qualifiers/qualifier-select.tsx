import type { AliasConfiguration, FunctionConfiguration } from "@aws-sdk/client-lambda";
import Select, { type SelectProps } from "@cloudscape-design/components/select";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { problemOf } from "../../../api/problem.ts";
import { paths, type FunctionTab } from "../../../app/paths.ts";
import { useCurrentFunction } from "../function-context.ts";
import { isVersion, sharesOf } from "../versions/shares.ts";
import { useAliases, useVersions } from "../versions/use-versions.ts";
import { isTabOf } from "./qualifier-tabs.ts";
import "./qualifier-select.css";

/** Goes to another version or alias of the function, on the same tab where that has it. */
export function QualifierSelect() {
  const { functionName, qualifier } = useCurrentFunction();
  const { tab = "code" } = useParams();
  const [isOpened, setOpened] = useState(false);
  const versions = useVersions(functionName, isOpened);
  const aliases = useAliases(functionName, isOpened);
  const navigate = useNavigate();
  const error = versions.error ?? aliases.error;
  const isLoaded = versions.data !== undefined && aliases.data !== undefined;
  return (
    <div className="qualifier-select">
      <Select
        ariaLabel="Version or alias"
        expandToViewport
        selectedOption={{ value: qualifier ?? latest, label: labelOf(qualifier) }}
        options={[
          { value: latest, label: latest, description: "What Deploy changes" },
          ...groupOf("Aliases", (aliases.data ?? []).map(aliasOption)),
          ...groupOf("Versions", (versions.data ?? []).map(versionOption)),
        ]}
        filteringType="auto"
        filteringAriaLabel="Find a version or alias"
        filteringPlaceholder="Find a version or alias"
        statusType={error ? "error" : isLoaded || !isOpened ? "finished" : "loading"}
        loadingText="Loading versions and aliases"
        errorText={error ? problemOf(error).message : ""}
        recoveryText="Try again"
        onFocus={() => setOpened(true)}
        onLoadItems={() => {
          setOpened(true);
          if (error) void Promise.all([versions.refetch(), aliases.refetch()]);
        }}
        onChange={({ detail }) => {
          const next = detail.selectedOption.value === latest ? undefined : detail.selectedOption.value;
          void navigate(paths.function(functionName, isTabOf(next, tab) ? (tab as FunctionTab) : "code", next));
        }}
      />
    </div>
  );
}

const latest = "$LATEST";

const groupOf = (label: string, options: readonly SelectProps.Option[]): SelectProps.OptionGroup[] =>
  options.length === 0 ? [] : [{ label, options }];

function aliasOption(alias: AliasConfiguration): SelectProps.Option {
  const shares = sharesOf(alias).map(({ version, percent }) => `version ${version}${percent === 100 ? "" : `, ${percent}%`}`);
  return { value: alias.Name ?? "", label: alias.Name ?? "", description: shares.join("; ") };
}

const versionOption = ({ Version = "", Description }: FunctionConfiguration): SelectProps.Option => ({
  value: Version,
  label: `Version ${Version}`,
  ...(Description && { description: Description }),
});

function labelOf(qualifier: string | undefined): string {
  if (qualifier === undefined) return latest;
  return isVersion(qualifier) ? `Version ${qualifier}` : `Alias ${qualifier}`;
}
