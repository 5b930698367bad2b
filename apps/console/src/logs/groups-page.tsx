import { usePage } from "../app/page.tsx";

/** Log groups. */
export function LogGroupsPage() {
  usePage({ title: "Log groups", breadcrumbs: [] });
  return null;
}
