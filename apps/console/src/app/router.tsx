import { createBrowserRouter, Navigate, type RouteObject } from "react-router";
import { paths } from "./paths.ts";
import { NotFoundPage, RouteErrorPage } from "./route-pages.tsx";
import { AppShell } from "./shell.tsx";

type Component = () => React.ReactNode;
type Module<Name extends string> = Readonly<Record<Name, Component>>;

/** A page that is loaded when it is first gone to. */
const page = <Name extends string>(path: string, name: Name, load: () => Promise<Module<Name>>): RouteObject => ({
  path,
  lazy: async () => ({ Component: (await load())[name] }),
});

/** Every page by its path below /console. */
const pages: RouteObject[] = [
  { index: true, element: <Navigate to={paths.functions} replace /> },
  { path: "signin", element: <Navigate to={paths.functions} replace /> },
  page("dashboard", "DashboardPage", () => import("../dashboard/dashboard-page.tsx")),
  page("functions", "FunctionsPage", () => import("../functions/list/functions-page.tsx")),
  page("functions/create", "CreateFunctionPage", () => import("../functions/create/create-function-page.tsx")),
  page("functions/:functionName/:tab?/:section?", "FunctionPage", () => import("../functions/detail/function-page.tsx")),
  page("logs", "LogGroupsPage", () => import("../logs/groups-page.tsx")),
  page("logs/live-tail", "LiveTailPage", () => import("../logs/live-tail-page.tsx")),
  page("logs/groups/:groupName", "LogGroupPage", () => import("../logs/group-page.tsx")),
  page("logs/groups/:groupName/events", "LogEventsPage", () => import("../logs/events-page.tsx")),
  page("logs/groups/:groupName/streams/:streamName", "LogEventsPage", () => import("../logs/events-page.tsx")),
  page("iam/roles", "RolesPage", () => import("../iam/roles/roles-page.tsx")),
  page("iam/roles/create", "CreateRolePage", () => import("../iam/roles/create-role-page.tsx")),
  page("iam/roles/:roleName", "RolePage", () => import("../iam/roles/role-page.tsx")),
  page("iam/policies", "PoliciesPage", () => import("../iam/policies/policies-page.tsx")),
  page("iam/policies/create", "CreatePolicyPage", () => import("../iam/policies/create-policy-page.tsx")),
  page("iam/policies/:policyArn", "PolicyPage", () => import("../iam/policies/policy-page.tsx")),
  page("iam/users", "UsersPage", () => import("../iam/users/users-page.tsx")),
  page("iam/users/create", "CreateUserPage", () => import("../iam/users/create-user-page.tsx")),
  page("iam/users/:userName", "UserPage", () => import("../iam/users/user-page.tsx")),
  page("settings", "SettingsPage", () => import("../settings/settings-page.tsx")),
  { path: "*", Component: NotFoundPage },
];

/** The console's router. */
export function createRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter(
    [{ path: "/", Component: AppShell, HydrateFallback: () => null, children: [{ errorElement: <RouteErrorPage />, children: pages }] }],
    { basename: "/console" },
  );
}
