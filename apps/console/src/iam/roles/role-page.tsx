import { usePage } from "../../app/page.tsx";

/** Role. */
export function RolePage() {
  usePage({ title: "Role", breadcrumbs: [] });
  return null;
}
