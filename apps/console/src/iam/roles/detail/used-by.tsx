import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import Header from "@cloudscape-design/components/header";
import Table from "@cloudscape-design/components/table";
import { useAwsAll } from "../../../api/hooks.ts";
import { paging } from "../../../api/paging.ts";
import { paths } from "../../../app/paths.ts";
import { EmptyState } from "../../../shared/empty-state.tsx";
import { Moment } from "../../../shared/moment.tsx";
import { PageLink } from "../../../shared/page-link.tsx";
import { ProblemPanel } from "../../../shared/problem-panel.tsx";
import { useCurrentRole } from "./role-context.ts";

/** The functions that run as this role. */
export function UsedBy() {
  const { role } = useCurrentRole();
  const functions = useAwsAll("lambda", "ListFunctions", {}, paging.ListFunctions);
  const users = functions.data?.filter(({ Role }) => Role === role.Arn);
  return (
    <Table<FunctionConfiguration>
      ariaLabels={{ tableLabel: "Functions with this role" }}
      header={
        <Header variant="h2" counter={users ? `(${users.length})` : ""} description="Functions in this Region that run as this role.">
          Functions
        </Header>
      }
      loading={functions.isPending}
      loadingText="Loading functions"
      items={users ?? []}
      columnDefinitions={[
        {
          id: "name",
          header: "Function name",
          isRowHeader: true,
          cell: ({ FunctionName = "" }) => <PageLink to={paths.function(FunctionName)}>{FunctionName}</PageLink>,
        },
        { id: "runtime", header: "Runtime", cell: ({ Runtime }) => Runtime ?? "-" },
        { id: "modified", header: "Last modified", cell: ({ LastModified }) => <Moment time={LastModified} /> },
      ]}
      empty={
        functions.error ? (
          <ProblemPanel error={functions.error} onRetry={() => void functions.refetch()} />
        ) : (
          <EmptyState title="No function has this role">A function&apos;s role is chosen when it is created.</EmptyState>
        )
      }
    />
  );
}
