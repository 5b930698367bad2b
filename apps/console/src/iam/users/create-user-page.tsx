import { usePage } from "../../app/page.tsx";

/** Create user. */
export function CreateUserPage() {
  usePage({ title: "Create user", breadcrumbs: [] });
  return null;
}
