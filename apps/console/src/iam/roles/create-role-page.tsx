import { usePage } from "../../app/page.tsx";

/** Create role. */
export function CreateRolePage() {
  usePage({ title: "Create role", breadcrumbs: [] });
  return null;
}
