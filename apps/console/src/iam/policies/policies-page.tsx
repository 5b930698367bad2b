import { usePage } from "../../app/page.tsx";

/** Policies. */
export function PoliciesPage() {
  usePage({ title: "Policies", breadcrumbs: [] });
  return null;
}
