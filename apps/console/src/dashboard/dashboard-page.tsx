import { usePage } from "../app/page.tsx";

/** Dashboard. */
export function DashboardPage() {
  usePage({ title: "Dashboard", breadcrumbs: [] });
  return null;
}
