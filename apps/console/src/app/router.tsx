import { createBrowserRouter, Navigate, type RouteObject } from "react-router";
import { pages } from "./pages.ts";
import { paths } from "./paths.ts";
import { NotFoundPage, RouteErrorPage } from "./route-pages.tsx";
import { AppShell } from "./shell.tsx";

/** Every address below /console. */
const routes: RouteObject[] = [
  { index: true, element: <Navigate to={paths.functions} replace /> },
  { path: "signin", element: <Navigate to={paths.functions} replace /> },
  ...pages.map(({ path, load }) => ({ path, lazy: async () => ({ Component: await load() }) })),
  { path: "*", Component: NotFoundPage },
];

/** The console's router. */
export function createRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter(
    [{ path: "/", Component: AppShell, HydrateFallback: () => null, children: [{ errorElement: <RouteErrorPage />, children: routes }] }],
    { basename: "/console" },
  );
}
