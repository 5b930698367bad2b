import type { CodeSigningConfig } from "@aws-sdk/client-lambda";
import Button from "@cloudscape-design/components/button";
import { hrefOf, useFollow } from "../app/follow.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { EmptyState } from "../shared/empty-state.tsx";
import { InfoLink } from "../shared/info-link.tsx";
import { Moment } from "../shared/moment.tsx";
import { PageLink } from "../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../shared/resource-table.tsx";
import { useCodeSigningConfigs } from "./config-facts.ts";

const columns: readonly ResourceColumn<CodeSigningConfig>[] = [
  {
    id: "Id",
    header: "Configuration",
    cell: ({ CodeSigningConfigId, CodeSigningConfigArn = "" }) => (
      <PageLink to={paths.codeSigningConfig(CodeSigningConfigArn)}>{CodeSigningConfigId}</PageLink>
    ),
    value: ({ CodeSigningConfigId }) => CodeSigningConfigId,
    filterGroup: "Configurations",
    width: 240,
  },
  {
    id: "Description",
    header: "Description",
    cell: ({ Description }) => Description || "-",
    value: ({ Description }) => Description ?? "",
    filterGroup: "Descriptions",
    width: 300,
  },
  {
    id: "Policy",
    header: "Signature validation",
    cell: ({ CodeSigningPolicies }) => CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? "-",
    value: ({ CodeSigningPolicies }) => CodeSigningPolicies?.UntrustedArtifactOnDeployment ?? "",
    filterGroup: "Policies",
    width: 190,
  },
  {
    id: "Modified",
    header: "Last modified",
    cell: ({ LastModified }) => <Moment time={LastModified} />,
    value: ({ LastModified }) => Date.parse(LastModified ?? ""),
    width: 180,
  },
];

/** The account's code signing configurations in the region. */
export function CodeSigningPage() {
  usePage({
    title: "Code signing configurations",
    help: "code-signing",
    contentType: "table",
    breadcrumbs: [
      { text: "Lambda", href: paths.functions },
      { text: "Code signing configurations", href: paths.codeSigning },
    ],
  });
  const configs = useCodeSigningConfigs();
  const create = (
    <Button key="create" variant="primary" href={hrefOf(paths.createCodeSigning)} onFollow={useFollow()}>
      Create configuration
    </Button>
  );
  return (
    <ResourceTable<CodeSigningConfig>
      id="code-signing"
      title="Code signing configurations"
      plural="configurations"
      query={configs}
      columns={columns}
      trackBy={({ CodeSigningConfigId = "" }) => CodeSigningConfigId}
      info={<InfoLink topic="code-signing" about="code signing" />}
      actions={() => create}
      empty={
        <EmptyState title="No code signing configurations" actions={create}>
          A configuration says whose signatures a function&apos;s code must bear, and what is done with code that has none.
        </EmptyState>
      }
    />
  );
}
