import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import KeyValuePairs from "@cloudscape-design/components/key-value-pairs";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Table from "@cloudscape-design/components/table";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { useAws, useAwsAll } from "../api/hooks.ts";
import { paging } from "../api/paging.ts";
import { hrefOf, useFollow } from "../app/follow.ts";
import { usePage } from "../app/page.tsx";
import { paths } from "../app/paths.ts";
import { SampleButton } from "../functions/list/sample-button.tsx";
import { EmptyState } from "../shared/empty-state.tsx";
import { formatBytes } from "../shared/format.ts";
import { Loaded } from "../shared/loaded.tsx";
import { Moment } from "../shared/moment.tsx";
import { PageLink } from "../shared/page-link.tsx";

const mostRecent = 10;

/** The region at a glance. */
export function DashboardPage() {
  usePage({
    title: "Dashboard",
    help: "dashboard",
    breadcrumbs: [
      { text: "Lambda", href: paths.functions },
      { text: "Dashboard", href: paths.dashboard },
    ],
  });
  const follow = useFollow();
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            <Button variant="primary" href={hrefOf(paths.createFunction)} onFollow={follow}>
              Create function
            </Button>
          }
        >
          Dashboard
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Resources key="resources" />
        <RecentFunctions key="recent" />
      </SpaceBetween>
    </ContentLayout>
  );
}

function Resources() {
  const settings = useAws("lambda", "GetAccountSettings", {});
  return (
    <Container header={<Header variant="h2">Resources</Header>}>
      <Loaded query={settings}>
        {({ AccountUsage, AccountLimit }) => (
          <KeyValuePairs
            columns={4}
            items={[
              { label: "Lambda functions", value: <PageLink to={paths.functions}>{AccountUsage?.FunctionCount ?? 0}</PageLink> },
              {
                label: "Code storage",
                value: `${formatBytes(AccountUsage?.TotalCodeSize ?? 0)} of ${formatBytes(AccountLimit?.TotalCodeSize ?? 0)}`,
              },
              { label: "Full account concurrency", value: AccountLimit?.ConcurrentExecutions ?? "-" },
              { label: "Unreserved account concurrency", value: AccountLimit?.UnreservedConcurrentExecutions ?? "-" },
            ]}
          />
        )}
      </Loaded>
    </Container>
  );
}

function RecentFunctions() {
  const functions = useAwsAll("lambda", "ListFunctions", {}, paging.ListFunctions);
  const recent = [...(functions.data ?? [])]
    .sort((a, b) => Date.parse(b.LastModified ?? "") - Date.parse(a.LastModified ?? ""))
    .slice(0, mostRecent);
  return (
    <Loaded query={functions}>
      {() => (
        <Table<FunctionConfiguration>
          header={<Header variant="h2">Recently changed</Header>}
          ariaLabels={{ tableLabel: "Recently changed functions" }}
          items={recent}
          trackBy="FunctionName"
          columnDefinitions={[
            {
              id: "name",
              header: "Function name",
              isRowHeader: true,
              cell: ({ FunctionName = "" }) => <PageLink to={paths.function(FunctionName)}>{FunctionName}</PageLink>,
            },
            { id: "runtime", header: "Runtime", cell: ({ Runtime }) => Runtime ?? "-" },
            { id: "memory", header: "Memory (MB)", cell: ({ MemorySize }) => MemorySize },
            { id: "modified", header: "Last modified", cell: ({ LastModified }) => <Moment time={LastModified} /> },
          ]}
          empty={
            <EmptyState title="No functions in this region" actions={[<SampleButton key="sample" />]}>
              Let a small sample be created and run to see how it goes.
            </EmptyState>
          }
        />
      )}
    </Loaded>
  );
}
