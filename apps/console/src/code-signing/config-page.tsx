import type { CodeSigningConfig } from "@aws-sdk/client-lambda";
import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate, useParams } from "react-router";
import { keyOf, useAws, useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { send } from "../api/send.ts";
import { useFlash } from "../app/flash.tsx";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { useAddressState } from "../shared/address-state.ts";
import { Breakable } from "../shared/breakable.tsx";
import { ConfirmDialog } from "../shared/confirm-dialog.tsx";
import { CopyText } from "../shared/copy-text.tsx";
import { EmptyState } from "../shared/empty-state.tsx";
import { Loaded } from "../shared/loaded.tsx";
import { Moment } from "../shared/moment.tsx";
import { PageLink } from "../shared/page-link.tsx";
import { configIdOf, policyTexts, requestOf, type ConfigFacts } from "./config-facts.ts";
import { ConfigForm } from "./config-form.tsx";

const factsOf = ({ Description = "", AllowedPublishers, CodeSigningPolicies }: CodeSigningConfig): ConfigFacts => ({
  description: Description,
  profiles: AllowedPublishers?.SigningProfileVersionArns ?? [],
  policy: CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? "Warn",
});

/** One code signing configuration, which functions have it; and its form. */
export function CodeSigningConfigPage() {
  const { configArn = "" } = useParams();
  const id = configIdOf(configArn);
  const [editing, setEditing] = useAddressState("edit", "push");
  usePage({
    title: id,
    help: "code-signing",
    ...(editing !== undefined && { contentType: "form" as const }),
    breadcrumbs: [
      { text: "Lambda", href: paths.functions },
      { text: "Code signing configurations", href: paths.codeSigning },
      { text: id, href: paths.codeSigningConfig(configArn) },
    ],
  });
  const query = useAws("lambda", "GetCodeSigningConfig", { CodeSigningConfigArn: configArn });
  const cache = useQueryClient();
  const flash = useFlash();
  const save = async (facts: ConfigFacts): Promise<void> => {
    await send("lambda", "UpdateCodeSigningConfig", { CodeSigningConfigArn: configArn, ...requestOf(facts) });
    await cache.invalidateQueries({ queryKey: keyOf("lambda") });
    flash.success("code-signing", `Successfully updated ${id}.`);
    setEditing(undefined);
  };
  const config = query.data?.CodeSigningConfig;
  if (config && editing !== undefined)
    return (
      <ConfigForm
        title={`Edit ${id}`}
        action="Save"
        initial={factsOf(config)}
        arn={configArn}
        save={save}
        onCancel={() => setEditing(undefined)}
      />
    );
  return (
    <ContentLayout header={<ConfigHeader arn={configArn} isThere={config !== undefined} onEdit={() => setEditing("true")} />}>
      <Loaded query={query} subject={`code signing configuration ${id}`}>
        {() =>
          config && (
            <SpaceBetween size="l">
              <Details key="details" config={config} />
              <Users key="users" arn={configArn} />
            </SpaceBetween>
          )
        }
      </Loaded>
    </ContentLayout>
  );
}

interface ConfigHeaderProps {
  readonly arn: string;
  readonly isThere: boolean;
  readonly onEdit: () => void;
}

function ConfigHeader({ arn, isThere, onEdit }: ConfigHeaderProps) {
  const [isDeleting, setDeleting] = useState(false);
  const navigate = useNavigate();
  const cache = useQueryClient();
  const flash = useFlash();
  const id = configIdOf(arn);
  const remove = async (): Promise<void> => {
    await send("lambda", "DeleteCodeSigningConfig", { CodeSigningConfigArn: arn });
    await cache.invalidateQueries({ queryKey: keyOf("lambda", "ListCodeSigningConfigs") });
    flash.success("code-signing", `Deleted the code signing configuration ${id}.`);
    void navigate(paths.codeSigning);
  };
  return (
    <>
      <Header
        variant="h1"
        description={<CopyText text={arn} label="Configuration ARN" />}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button key="delete" disabled={!isThere} onClick={() => setDeleting(true)}>
              Delete
            </Button>
            <Button key="edit" disabled={!isThere} onClick={onEdit}>
              Edit
            </Button>
          </SpaceBetween>
        }
      >
        {id}
      </Header>
      {isDeleting && (
        <ConfirmDialog title={`Delete ${id}?`} action="Delete" typed="confirm" onConfirm={remove} onClose={() => setDeleting(false)}>
          Deleting can&apos;t be undone. A configuration that a function has is kept: take it from the function first.
        </ConfirmDialog>
      )}
    </>
  );
}

function Details({ config }: { readonly config: CodeSigningConfig }) {
  const { description, profiles, policy } = factsOf(config);
  return (
    <Container header={<Header variant="h2">Details</Header>}>
      <SpaceBetween size="l">
        <KeyValuePairs
          key="facts"
          columns={3}
          items={[
            { label: "Description", value: description || "-" },
            { label: "Signature validation policy", value: policyTexts[policy] },
            { label: "Last modified", value: <Moment time={config.LastModified} /> },
          ]}
        />
        <Table<string>
          key="profiles"
          variant="embedded"
          wrapLines
          ariaLabels={{ tableLabel: "Signing profiles" }}
          header={
            <Header variant="h3" counter={`(${profiles.length})`}>
              Signing profiles
            </Header>
          }
          items={[...profiles]}
          columnDefinitions={[
            { id: "arn", header: "Signing profile version ARN", cell: (arn) => <Breakable text={arn} />, isRowHeader: true },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

function Users({ arn }: { readonly arn: string }) {
  const query = useAwsAll(
    "lambda",
    "ListFunctionsByCodeSigningConfig",
    { CodeSigningConfigArn: arn },
    paging.ListFunctionsByCodeSigningConfig,
  );
  return (
    <Container
      header={
        <Header variant="h2" counter={query.data ? `(${query.data.length})` : ""}>
          Functions with this configuration
        </Header>
      }
    >
      <Loaded query={query}>
        {(arns) => (
          <Table<string>
            variant="embedded"
            ariaLabels={{ tableLabel: "Functions with this configuration" }}
            items={[...arns]}
            columnDefinitions={[
              {
                id: "name",
                header: "Function name",
                isRowHeader: true,
                cell: (functionArn) => {
                  const name = functionArn.split(":")[6] ?? functionArn;
                  return <PageLink to={paths.functionConfiguration(name, "code-signing")}>{name}</PageLink>;
                },
              },
            ]}
            empty={<EmptyState title="No functions">Choose it in a function&apos;s Configuration tab, under Code signing.</EmptyState>}
          />
        )}
      </Loaded>
    </Container>
  );
}
