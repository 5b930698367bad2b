import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs, { type TabsProps } from "@cloudscape-design/components/tabs";
import { lazy, Suspense, useMemo, type ComponentType } from "react";
import { useNavigate, useParams } from "react-router";
import { useAws } from "../../api/hooks.ts";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { paths, type FunctionTab } from "../../app/paths.ts";
import { usePage } from "../../app/page.tsx";
import { useAddressState } from "../../shared/address-state.ts";
import { Loaded, SkeletonLines } from "../../shared/loaded.tsx";
import { ProblemPanel } from "../../shared/problem-panel.tsx";
import { FunctionContext, useCurrentFunction, type CurrentFunction } from "./function-context.ts";
import { FunctionHeader } from "./function-header.tsx";
import { FunctionOverview } from "./overview/function-overview.tsx";
import { tabsOf } from "./qualifiers/qualifier-tabs.ts";
import { isVersion } from "./versions/shares.ts";

const tabContents: Readonly<Record<FunctionTab, { readonly label: string; readonly Content: ComponentType }>> = {
  code: { label: "Code", Content: lazy(async () => ({ default: (await import("./code/code-tab.tsx")).CodeTab })) },
  test: { label: "Test", Content: lazy(async () => ({ default: (await import("./test/test-tab.tsx")).TestTab })) },
  monitor: {
    label: "Monitor",
    Content: lazy(async () => ({ default: (await import("./monitor/monitor-tab.tsx")).MonitorTab })),
  },
  aliases: { label: "Aliases", Content: lazy(async () => ({ default: (await import("./aliases/aliases-tab.tsx")).AliasesTab })) },
  versions: { label: "Versions", Content: lazy(async () => ({ default: (await import("./versions/versions-tab.tsx")).VersionsTab })) },
  configuration: {
    label: "Configuration",
    Content: lazy(async () => ({ default: (await import("./configuration/configuration-tab.tsx")).ConfigurationTab })),
  },
  deployments: {
    label: "Deployments",
    Content: lazy(async () => ({ default: (await import("./deployments/deployments-tab.tsx")).DeploymentsTab })),
  },
};

// Most visits are to $LATEST.
const AliasOverview = lazy(async () => ({ default: (await import("./aliases/alias-overview.tsx")).AliasOverview }));
const VersionBanner = lazy(async () => ({ default: (await import("./qualifiers/qualifier-banner.tsx")).VersionBanner }));

/** How often a function that is being made or updated is asked for. Milliseconds. */
const pendingPollMs = 250;

/** One function: overview and tabs. */
export function FunctionPage() {
  const { functionName = "", tab = "code" } = useParams();
  const [asked] = useAddressState("qualifier");
  const qualifier = asked === "$LATEST" ? undefined : asked;
  const shown = tabsOf(qualifier).find((name) => name === tab) ?? "code";
  usePage({
    title: qualifier === undefined ? functionName : `${functionName}:${qualifier}`,
    help: shown,
    breadcrumbs: [
      { text: "Lambda", href: paths.functions },
      { text: "Functions", href: paths.functions },
      { text: functionName, href: paths.function(functionName) },
      ...(qualifier === undefined ? [] : [{ text: nameOf(qualifier), href: paths.function(functionName, "code", qualifier) }]),
    ],
  });
  const query = useAws(
    "lambda",
    "GetFunction",
    { FunctionName: functionName, ...(qualifier !== undefined && { Qualifier: qualifier }) },
    {
      refetchInterval: ({ state }) => {
        const { State, LastUpdateStatus } = state.data?.Configuration ?? {};
        return State === "Pending" || LastUpdateStatus === "InProgress" ? pendingPollMs : false;
      },
    },
  );
  const { data, refetch } = query;
  const current = useMemo<CurrentFunction | undefined>(
    () =>
      data?.Configuration && {
        functionName,
        qualifier,
        configuration: data.Configuration,
        tags: data.Tags ?? {},
        reservedConcurrentExecutions: data.Concurrency?.ReservedConcurrentExecutions,
        refresh: refetch,
      },
    [data, functionName, qualifier, refetch],
  );
  if (query.data === undefined && query.error) return <NoFunction functionName={functionName} qualifier={qualifier} query={query} />;
  return (
    <Loaded query={query} subject={`function ${functionName}`} skeleton={<FunctionSkeleton functionName={functionName} />}>
      {() =>
        current && (
          <FunctionContext value={current}>
            <ContentLayout header={<FunctionHeader />}>
              <SpaceBetween size="l">
                {qualifier !== undefined && (
                  <Suspense key="qualifier" fallback={<SkeletonLines lines={2} />}>
                    {isVersion(qualifier) ? <VersionBanner /> : <AliasOverview name={qualifier} />}
                  </Suspense>
                )}
                <FunctionOverview key="overview" />
                <FunctionTabs key="tabs" shown={shown} />
              </SpaceBetween>
            </ContentLayout>
          </FunctionContext>
        )
      }
    </Loaded>
  );
}

interface NoFunctionProps {
  readonly functionName: string;
  readonly qualifier: string | undefined;
  readonly query: { readonly error: unknown; readonly refetch: () => Promise<unknown> };
}

function NoFunction({ functionName, qualifier, query }: NoFunctionProps) {
  const subject = qualifier === undefined ? `function ${functionName}` : `${nameOf(qualifier)} of the function ${functionName}`;
  return (
    <ContentLayout header={<Header variant="h1">{functionName}</Header>}>
      <SpaceBetween size="m">
        <ProblemPanel key="problem" error={query.error} subject={subject} onRetry={() => void query.refetch()} />
        <Button key="all" href={hrefOf(qualifier === undefined ? paths.functions : paths.function(functionName))} onFollow={useFollow()}>
          {qualifier === undefined ? "View all functions" : `View the function ${functionName}`}
        </Button>
      </SpaceBetween>
    </ContentLayout>
  );
}

const nameOf = (qualifier: string): string => `${isVersion(qualifier) ? "version" : "alias"} ${qualifier}`;

function FunctionSkeleton({ functionName }: { readonly functionName: string }) {
  return (
    <ContentLayout header={<Header variant="h1">{functionName}</Header>}>
      <Container>
        <SkeletonLines lines={6} />
      </Container>
    </ContentLayout>
  );
}

function FunctionTabs({ shown }: { readonly shown: FunctionTab }) {
  const { functionName, qualifier } = useCurrentFunction();
  const navigate = useNavigate();
  const tabs = tabsOf(qualifier).map((id): TabsProps.Tab => {
    const { label, Content } = tabContents[id];
    return {
      id,
      label,
      href: hrefOf(paths.function(functionName, id, qualifier)),
      content: (
        <Suspense fallback={<SkeletonLines lines={8} />}>
          <Content />
        </Suspense>
      ),
    };
  });
  return (
    <Tabs
      tabs={tabs}
      activeTabId={shown}
      onChange={({ detail }) => void navigate(paths.function(functionName, detail.activeTabId as FunctionTab, qualifier))}
      ariaLabel="Function"
    />
  );
}
