import Button from "@cloudscape-design/components/button";
import Container from "@cloudscape-design/components/container";
import ContentLayout from "@cloudscape-design/components/content-layout";
import Header from "@cloudscape-design/components/header";
import SpaceBetween from "@cloudscape-design/components/space-between";
import Tabs, { type TabsProps } from "@cloudscape-design/components/tabs";
import { useMemo } from "react";
import { useNavigate, useParams } from "react-router";
import { useAws } from "../../api/hooks.ts";
import { hrefOf, useFollow } from "../../app/follow.ts";
import { usePage } from "../../app/page.tsx";
import { paths } from "../../app/paths.ts";
import { useAddressState } from "../../shared/address-state.ts";
import { SkeletonLines } from "../../shared/loaded.tsx";
import { ProblemPanel } from "../../shared/problem-panel.tsx";
import { PermissionsTab } from "./detail/permissions-tab.tsx";
import { RoleContext, type CurrentRole } from "./detail/role-context.ts";
import { RoleHeader, RoleSummary } from "./detail/role-header.tsx";
import { IdentityTags } from "../identity/identity-tags.tsx";
import { IdentityContext, type Identity } from "../identity/identity.ts";
import { TrustTab } from "./detail/trust-tab.tsx";
import { UsedBy } from "./detail/used-by.tsx";

const tabs: readonly TabsProps.Tab[] = [
  { id: "permissions", label: "Permissions", content: <PermissionsTab /> },
  { id: "trust", label: "Trust relationships", content: <TrustTab /> },
  { id: "tags", label: "Tags", content: <IdentityTags /> },
  { id: "used-by", label: "Used by", content: <UsedBy /> },
];

/** One role: summary, permissions, trust, tags, and the functions that have it. */
export function RolePage() {
  const { roleName = "" } = useParams();
  usePage({
    title: roleName,
    help: "role",
    breadcrumbs: [
      { text: "IAM", href: paths.roles },
      { text: "Roles", href: paths.roles },
      { text: roleName, href: paths.role(roleName) },
    ],
  });
  const { data, error, refetch } = useAws("iam", "GetRole", { RoleName: roleName });
  const current = useMemo<CurrentRole | undefined>(() => data?.Role && { role: data.Role, roleName: data.Role.RoleName ?? "" }, [data]);
  if (current)
    return (
      <RoleContext value={current}>
        <IdentityContext value={identityOf(current)}>
          <ContentLayout header={<RoleHeader />}>
            <SpaceBetween size="l">
              <RoleSummary key="summary" />
              <RoleTabs key="tabs" />
            </SpaceBetween>
          </ContentLayout>
        </IdentityContext>
      </RoleContext>
    );
  return (
    <ContentLayout header={<Header variant="h1">{roleName}</Header>}>
      {error ? (
        <NoRole roleName={roleName} error={error} onRetry={() => void refetch()} />
      ) : (
        <Container>
          <SkeletonLines lines={6} />
        </Container>
      )}
    </ContentLayout>
  );
}

const identityOf = ({ role, roleName }: CurrentRole): Identity => ({ kind: "role", name: roleName, tags: role.Tags ?? [] });

interface NoRoleProps {
  readonly roleName: string;
  readonly error: unknown;
  readonly onRetry: () => void;
}

function NoRole({ roleName, error, onRetry }: NoRoleProps) {
  return (
    <SpaceBetween size="m">
      <ProblemPanel key="problem" error={error} subject={`role ${roleName}`} onRetry={onRetry} />
      <Button key="all" href={hrefOf(paths.roles)} onFollow={useFollow()}>
        View all roles
      </Button>
    </SpaceBetween>
  );
}

function RoleTabs() {
  const { roleName = "" } = useParams();
  const [tab] = useAddressState("tab");
  const navigate = useNavigate();
  const pathOf = (id: string): string => `${paths.role(roleName)}${id === "permissions" ? "" : `?tab=${id}`}`;
  return (
    <Tabs
      ariaLabel="Role"
      tabs={tabs.map((one) => ({ ...one, href: hrefOf(pathOf(one.id)) }))}
      activeTabId={tabs.some(({ id }) => id === tab) ? (tab ?? "") : "permissions"}
      onChange={({ detail }) => void navigate(pathOf(detail.activeTabId))}
    />
  );
}
