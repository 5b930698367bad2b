import { usePage } from "../../app/page.tsx";

/** Roles. */
export function RolesPage() {
  usePage({ title: "Roles", breadcrumbs: [] });
  return null;
}
