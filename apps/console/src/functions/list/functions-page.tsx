import Button from "@cloudscape-design/components/button";
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import SpaceBetween from "@cloudscape-design/components/space-between";
import type { FunctionConfiguration } from "@aws-sdk/client-lambda";
import { lazy, Suspense, useEffect, useMemo, useState } from "react";
import { useNavigate } from "react-router";
import { useAwsAll } from "../../api/hooks.ts";
import { paging } from "../../api/paging.ts";
import { preload } from "../../api/send.ts";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { usePage } from "../../app/page.tsx";
import { preloadPage } from "../../app/pages.ts";
import { paths } from "../../app/paths.ts";
import { CopyText } from "../../shared/copy-text.tsx";
import { EmptyState } from "../../shared/empty-state.tsx";
import { formatBytes } from "../../shared/format.ts";
import { InfoLink } from "../../shared/info-link.tsx";
import { Moment } from "../../shared/moment.tsx";
import { PageLink } from "../../shared/page-link.tsx";
import { ResourceTable, type ResourceColumn } from "../../shared/resource-table.tsx";
import { whenIdle } from "../../shared/when-idle.ts";
import { SampleButton } from "./sample-button.tsx";

const DeleteFunctionsDialog = lazy(async () => ({ default: (await import("../delete-functions-dialog.tsx")).DeleteFunctionsDialog }));

/** A function with what the list shows of it. */
type ListedFunction = FunctionConfiguration & { readonly tags: Readonly<Record<string, string>> };

const columns: readonly ResourceColumn<ListedFunction>[] = [
  {
    id: "FunctionName",
    header: "Function name",
    filterGroup: "Function names",
    value: ({ FunctionName }) => FunctionName,
    cell: ({ FunctionName = "" }) => <PageLink to={paths.function(FunctionName)}>{FunctionName}</PageLink>,
    width: 280,
  },
  {
    id: "Description",
    header: "Description",
    filterGroup: "Descriptions",
    value: ({ Description }) => Description,
    cell: ({ Description }) => Description || "-",
    width: 250,
  },
  {
    id: "PackageType",
    header: "Package type",
    filterGroup: "Package types",
    value: ({ PackageType }) => PackageType,
    cell: ({ PackageType }) => PackageType ?? "-",
    width: 135,
  },
  {
    id: "Runtime",
    header: "Runtime",
    filterGroup: "Runtimes",
    value: ({ Runtime }) => Runtime,
    cell: ({ Runtime }) => Runtime ?? "-",
    width: 165,
  },
  {
    id: "LastModified",
    header: "Last modified",
    value: ({ LastModified }) => LastModified,
    cell: ({ LastModified }) => <Moment time={LastModified} />,
    width: 170,
  },
  {
    id: "MemorySize",
    header: "Memory (MB)",
    value: ({ MemorySize }) => MemorySize,
    cell: ({ MemorySize }) => MemorySize,
    hidden: true,
  },
  {
    id: "Timeout",
    header: "Timeout (s)",
    value: ({ Timeout }) => Timeout,
    cell: ({ Timeout }) => Timeout,
    hidden: true,
  },
  {
    id: "CodeSize",
    header: "Code size",
    value: ({ CodeSize }) => CodeSize,
    cell: ({ CodeSize }) => formatBytes(CodeSize ?? 0),
    hidden: true,
  },
  {
    id: "Architecture",
    header: "Architecture",
    filterGroup: "Architectures",
    value: ({ Architectures }) => Architectures?.[0],
    cell: ({ Architectures }) => Architectures?.[0] ?? "-",
    hidden: true,
  },
  {
    id: "Role",
    header: "Execution role",
    filterGroup: "Execution roles",
    value: ({ Role }) => roleName(Role),
    cell: ({ Role }) => <PageLink to={paths.role(roleName(Role))}>{roleName(Role)}</PageLink>,
    hidden: true,
  },
  {
    id: "FunctionArn",
    header: "Function ARN",
    value: ({ FunctionArn }) => FunctionArn,
    cell: ({ FunctionArn = "" }) => <CopyText text={FunctionArn} label="Function ARN" />,
    hidden: true,
  },
  {
    id: "Tags",
    header: "Tags",
    cell: ({ tags }) =>
      Object.entries(tags)
        .map(([key, value]) => (value === "" ? key : `${key}: ${value}`))
        .join(", ") || "-",
    hidden: true,
  },
];

const roleName = (arn: string | undefined): string => arn?.split("/").at(-1) ?? "";

/** The region's functions. */
export function FunctionsPage() {
  usePage({
    title: "Functions",
    help: "functions",
    contentType: "table",
    breadcrumbs: [
      { text: "Lambda", href: paths.functions },
      { text: "Functions", href: paths.functions },
    ],
  });
  const functions = useAwsAll("lambda", "ListFunctions", {}, paging.ListFunctions);
  useIdlePreload(functions.data !== undefined);
  // Tags come by a request of their own; the list does not wait for them.
  const tags = useAwsAll("mayfly", "ListFunctionTags", {}, paging.ListFunctionTags);
  const tagsByArn = useMemo(() => new Map(tags.data?.map(({ FunctionArn, Tags }) => [FunctionArn, Tags])), [tags.data]);
  const listed = useMemo(
    () => functions.data?.map((item): ListedFunction => ({ ...item, tags: tagsByArn.get(item.FunctionArn ?? "") ?? {} })),
    [functions.data, tagsByArn],
  );
  const tagFilters = useMemo(() => {
    const keys = new Set([...tagsByArn.values()].flatMap((some) => Object.keys(some)));
    return [...keys].sort().map((key) => ({
      id: `tag:${key}`,
      label: key,
      group: "Tags",
      value: ({ tags: own }: ListedFunction) => own[key],
    }));
  }, [tagsByArn]);
  return (
    <ResourceTable
      id="functions"
      title="Functions"
      plural="functions"
      info={<InfoLink topic="functions" about="functions" />}
      query={{ data: listed, error: functions.error, refetch: functions.refetch }}
      columns={columns}
      extraFilters={tagFilters}
      trackBy={({ FunctionName }) => FunctionName ?? ""}
      sortedBy={{ id: "LastModified", descending: true }}
      selectionType="multi"
      actions={(selected) => <Actions selected={selected} />}
      empty={
        <EmptyState
          title="No functions in this region"
          actions={[<SampleButton key="sample" />, <CreateButton key="create" primary={false} />]}
        >
          A function is code that runs when it is called or when something happens, with no server to look after. Create your own, or let a
          small sample be created and run to see how it goes.
        </EmptyState>
      }
    />
  );
}

/** What somebody who looks at the list may want next. */
function useIdlePreload(settled: boolean): void {
  useEffect(() => {
    if (!settled) return undefined;
    return whenIdle(() => {
      preload("lambda");
      preloadPage(hrefOf(paths.createFunction));
      preloadPage(hrefOf(paths.function("any")));
    });
  }, [settled]);
}

function Actions({ selected }: { readonly selected: readonly ListedFunction[] }) {
  const [deleting, setDeleting] = useState<readonly string[]>();
  const navigate = useNavigate();
  const names = selected.map(({ FunctionName }) => FunctionName ?? "");
  const [only] = names;
  const needOne = { disabled: names.length !== 1, disabledReason: "Select one function" };
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <ButtonDropdown
        key="actions"
        items={[
          { id: "view", text: "View details", ...needOne },
          { id: "test", text: "Test", ...needOne },
          { id: "delete", text: "Delete", disabled: names.length === 0, disabledReason: "Select functions first" },
        ]}
        onItemClick={({ detail }) => {
          if (detail.id === "view" && only) void navigate(paths.function(only));
          if (detail.id === "test" && only) void navigate(paths.function(only, "test"));
          if (detail.id === "delete") setDeleting(names);
        }}
      >
        Actions
      </ButtonDropdown>
      <CreateButton key="create" primary />
      <Suspense key="delete" fallback={null}>
        {deleting && <DeleteFunctionsDialog functionNames={deleting} onClose={() => setDeleting(undefined)} />}
      </Suspense>
    </SpaceBetween>
  );
}

function CreateButton({ primary }: { readonly primary: boolean }) {
  return (
    <Button variant={primary ? "primary" : "normal"} href={hrefOf(paths.createFunction)} onFollow={useFollow()}>
      Create function
    </Button>
  );
}
